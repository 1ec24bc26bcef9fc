/** Connections that are slow, unfinished, abandoned or unread. */
import { announceUploads, createAttacker } from '#test/attacks/floods/attacker.ts'
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'connections',
  attacks: {
    'nothing sent': 'connections that send nothing',
    'all connections': 'connections that send nothing, as many as there may be, from 40 addresses',
    'slow headers': 'headers that do not end',
    'slow bodies': 'bodies that do not end',
    'many large bodies': 'large bodies that do not end, from 16 addresses',
    'slow uploads': 'uploads that do not end',
    'half an upgrade': 'upgrades that do not end',
    'unread pipelines': 'pipelined operations whose answers nobody reads',
    'large headers': 'headers of 60 kB',
    'abandoned requests': 'operations that are abandoned',
    'abandoned upgrades': 'upgrades that are abandoned',
    'tus requests of strangers': 'tus requests for uploads that are not there',
  },
  prepare: async (scene) => ({ uploads: await announceUploads(await createAttacker(scene)) }),
})
