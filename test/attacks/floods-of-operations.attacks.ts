/** Operations that cost more than they look, or that are too many, over HTTP. */
import { createAttacker } from '#test/attacks/floods/attacker.ts'
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'operations',
  attacks: {
    'doubling fragments': 'fragments that double the plan at each level',
    aliases: 'one field under 6,000 names',
    'fields to compare': '560 fields, each compared with the others',
    'nested lists': 'nested lists, with a token',
    'long lists': 'long lists, with a token',
    introspection: 'introspection of every type',
    'new texts': 'small operations, each with a text of its own, from 50 addresses',
    'small questions': 'small operations from 50 addresses',
    'deep JSON': '100,000 arrays within each other',
    'big bodies': 'bodies of 4 MB',
    'huge variables': 'variables that no operation asks for',
    'gzip bombs': 'compressed bodies of 10 MB',
  },
  async prepare(scene) {
    const { api } = await createAttacker(scene)
    return { token: api.token }
  },
})
