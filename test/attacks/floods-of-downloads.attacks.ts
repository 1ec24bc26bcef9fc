/** Requests for the MP3s of signed links, which anybody may send who holds one. */
import { createAttacker, makeLink } from '#test/attacks/floods/attacker.ts'
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'downloads',
  attacks: {
    'unread downloads': 'downloads that nobody reads, from 50 addresses',
    'whole downloads': 'downloads of 70 MB, from 50 addresses',
    'single bytes of one address': 'single bytes of a download, from one address',
    'single bytes': 'single bytes of a download, from 50 addresses',
    'abandoned downloads': 'downloads that are abandoned',
  },
  prepare: async (scene) => await makeLink(await createAttacker(scene), scene),
})
