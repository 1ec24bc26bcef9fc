/** How a file has to be read, so that all of its audio is found. */

/** LATE: streams begin far behind its start. WRONG_SIZE: its header tells less than there is. */
export const sourceReadings = ['USUAL', 'LATE', 'WRONG_SIZE'] as const

export type SourceReading = (typeof sourceReadings)[number]
