/** `delete-account`: the end of an account, and of what this client knows of it. */
import type { Command } from 'commander'
import { DeleteAccountDocument } from '#schema/generated/operations.ts'
import { oneLine } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { readPassword } from './read-credentials.ts'

interface DeleteOptions {
  readonly passwordStdin?: boolean
}

export function addDeleteAccountCommand(program: Command, context: CommandContext): void {
  program
    .command('delete-account')
    .description('remove your account for good, with your uploads, conversions and MP3s')
    .option('--password-stdin', 'read the password from standard input; asked for unless given')
    .action(async (options: DeleteOptions) => {
      const { session, send, signal, out } = context
      // Before anything is typed; it may take a while, so that the token for it is another.
      await session.accessToken(signal)
      const password = await readPassword(options, context)
      const token = await session.accessToken(signal)
      // Sent once only: after a lost reply the second would find nobody signed in.
      await send(DeleteAccountDocument, { input: { password } }, { signal, token, repeatable: false })
      const email = await session.forget()
      out.write(`Removed the account ${oneLine(email ?? '')}; its files go within minutes.\n`)
    })
}
