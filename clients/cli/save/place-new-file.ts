/** Gives a finished file its name, unless something has that name already. */
import { link as makeLink, open, rename, rm } from 'node:fs/promises'

/**
 * Moves `from` to `to` in one step: nobody ever sees a part of it under its name, and nothing is replaced. Both must be
 * in one folder.
 * @returns false where `to` exists, whatever it is; `from` is still there then.
 */
export async function placeNewFile(from: string, to: string, link = makeLink): Promise<boolean> {
  try {
    await link(from, to)
    await rm(from)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    // Some file systems have no hard links.
    return await claimThenRename(from, to)
  }
}

/** The empty file of an exclusive open holds the name until the rename, which replaces it whole. */
async function claimThenRename(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close()
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
  try {
    await rename(from, to)
    return true
  } catch (error) {
    await rm(to, { force: true })
    throw error
  }
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EEXIST'
