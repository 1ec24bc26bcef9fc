/** Connections that are slow, unfinished, abandoned or unread. */
import { endureFloods } from '#test/attacks/floods/endure-floods.ts'

endureFloods({
  program: 'connections',
  attacks: {
    'nothing sent': 'connections that send nothing',
    'slow headers': 'headers that do not end',
    'slow bodies': 'bodies that do not end',
    'half an upgrade': 'upgrades that do not end',
    'unread pipelines': 'pipelined operations whose answers nobody reads',
    'large headers': 'headers of 60 kB',
    'abandoned requests': 'operations that are abandoned',
    'tus requests of strangers': 'tus requests for uploads that are not there',
  },
})
