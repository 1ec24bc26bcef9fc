/** Cuts off a connection that asks for more than it may before it is answered: Node reads on, and begins with everything at once. */
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'

export function limitPipelining(handle: RequestListener, most: number): RequestListener {
  const underWay = new WeakMap<Socket, number>()
  return (request, response) => {
    const { socket } = request
    // Node comes with all that it had read of the connection by then.
    if (socket.destroyed) return
    const before = underWay.get(socket) ?? 0
    if (before >= most) return void socket.destroy()
    underWay.set(socket, before + 1)
    response.once('close', () => underWay.set(socket, underWay.get(socket)! - 1))
    handle(request, response)
  }
}
