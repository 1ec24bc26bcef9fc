/** What an account has done for it: conversions without end, uploads that are refused, pictures that are none. */
import { createAttacker, makeWork } from '#test/attacks/floods/attacker.ts'
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'work',
  attacks: {
    'refused uploads': 'uploads that are no video',
    'no pictures': 'covers that are no picture',
    histories: 'links that are revoked again and again',
    // The last, as the converter would be busy with them in all others.
    conversions: 'conversions of one upload, each another',
  },
  async prepare(scene) {
    const attacker = await createAttacker(scene)
    return { token: attacker.api.token, ...(await makeWork(attacker, scene)) }
  },
})
