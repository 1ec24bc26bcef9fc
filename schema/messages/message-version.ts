/**
 * Versions of the messages' form, one number for all; each message carries its own (header `version`). A field more needs no
 * new version: who does not know it passes it over. Whatever an older reader would misread does, a new value of an enum too,
 * and takes two releases: the first reads it, the second writes it. A reader leaves what is newer than all it knows to newer ones.
 */

/** As messages are written. */
export const writtenVersion = 1

/** The newest that is read; so is every older one. */
export const newestReadVersion = 1
