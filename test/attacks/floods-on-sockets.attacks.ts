/** Messages and operations on WebSockets. */
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'sockets',
  attacks: {
    'large operations': 'large live operations',
    'pings with payloads': 'pings with payloads of 250 kB, unread',
    'operations given up at once': 'live operations given up at once',
    'passwords given up at once': 'sign-ins over sockets, given up at once',
    'answers that nobody reads': 'answers on sockets that nobody reads',
    'sockets that say nothing': 'sockets that say nothing',
    'messages that do not end': 'messages on sockets that do not end',
  },
})
