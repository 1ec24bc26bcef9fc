/** Passwords, sign-ups and mails, asked for from many addresses. */
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'accounts',
  attacks: {
    'unknown accounts': 'wrong passwords for unknown accounts, from 48 addresses',
    "somebody's account": "wrong passwords for the honest user's account, from 24 addresses",
    'sign-ups': 'sign-ups from 24 networks',
    'sign-ups with tags': 'sign-ups with tagged addresses of one inbox',
    resets: 'requests to reset a password',
  },
  prepare: ({ honestEmail }) => ({ email: honestEmail, victim: 'victim@example.org' }),
})
