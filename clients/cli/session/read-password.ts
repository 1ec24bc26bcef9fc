/** Reads a password: from the keyboard without showing it, or from standard input. */
import { text } from 'node:stream/consumers'
import type { ReadStream } from 'node:tty'
import { UsageError } from '#cli/cli-error.ts'
import { Interrupted } from '#cli/interruption.ts'

/** All of standard input but a line's end after it. */
export async function passwordFromInput(input: NodeJS.ReadableStream): Promise<string> {
  return (await text(input)).replace(/\r?\n$/, '')
}

/** @throws UsageError where there is no keyboard, Interrupted on Ctrl-C. */
export async function passwordFromKeyboard(
  prompt: string,
  keyboard: ReadStream,
  terminal: NodeJS.WritableStream,
): Promise<string> {
  if (!keyboard.isTTY)
    throw new UsageError('There is no terminal to ask for the password: use --password-stdin.')
  terminal.write(prompt)
  keyboard.setRawMode(true)
  try {
    return await lineOf(keyboard)
  } finally {
    keyboard.setRawMode(false)
    keyboard.pause()
    terminal.write('\n')
  }
}

async function lineOf(keyboard: ReadStream): Promise<string> {
  const typed: string[] = []
  keyboard.setEncoding('utf8')
  for await (const keys of keyboard.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    for (const key of keys) {
      if (key === '\r' || key === '\n' || key === '\u0004') return typed.join('')
      if (key === '\u0003') throw new Interrupted('SIGINT')
      if (key === '\u007F' || key === '\b') typed.pop()
      else if (key >= ' ') typed.push(key)
    }
  }
  return typed.join('')
}
