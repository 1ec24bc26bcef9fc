/** For tests of layers that may not import `runtime`, as the command line's. */
export { waitUntil } from '#runtime/process/wait-until.ts'
