/** Text that would begin a line of its own, command a terminal, or turn the order of what follows. */

/** In it, so that it is found wherever it came to. */
export const marker = 'forged-by-a-client'

export const hostileText = [
  `a\r\n{"level":"fatal","service":"router","msg":"${marker}"}`,
  '\u001B]0;title\u0007 \u007F \u0085 \u009B2J \u202E \u2066 \u200F \u2028 \u2029 \u0000 z',
].join('\r\n')

/** What a terminal, a viewer of logs or a header obeys. */
export const obeyed = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u
