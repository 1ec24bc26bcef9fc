/** Each attack that we know of, and the test by which it fails. A new one gets a row with its test. */

export interface AttackRow {
  readonly attack: string
  /** From the checkout's root. */
  readonly file: string
  /** As its file writes it. */
  readonly test: string
}

const rows: readonly (readonly [attack: string, file: string, test: string])[] = [
  [
    'lists within lists, which multiply',
    'test/attacks/operations.attacks.ts',
    'is refused when ${what}, over HTTP and on a socket',
  ],
  [
    'a list that is read again and again under other arguments',
    'subgraphs/media/conversions/read-pages.test.ts',
    'are not many: under other arguments the list cannot be read for ever',
  ],
  [
    'an operation that goes on when its client has left',
    'subgraphs/media/conversions/read-pages.test.ts',
    'are no longer read when the client has left',
  ],
  [
    'fragments that double the query plan',
    'test/attacks/operations.attacks.ts',
    'is refused when its fragments double at each level',
  ],
  [
    'a thousand aliases, repeated fields and directives, circles of fragments',
    'test/attacks/operations.attacks.ts',
    'is refused when ${what}, over HTTP and on a socket',
  ],
  [
    'passwords guessed by aliases',
    'test/attacks/operations.attacks.ts',
    'is refused when ${what}, over HTTP and on a socket',
  ],
  [
    'introspection that goes on for ever',
    'test/attacks/floods-of-operations.attacks.ts',
    'introspection of every type',
  ],
  [
    'JSON that is deep or large',
    'test/attacks/floods-of-operations.attacks.ts',
    '100,000 arrays within each other',
  ],
  [
    'compressed bodies that are large',
    'test/attacks/floods-of-operations.attacks.ts',
    'compressed bodies of 10 MB',
  ],
  [
    'requests for one upload that wait for each other',
    'subgraphs/media/uploads/tus/upload-locks.test.ts',
    'is asked for once by who waits, and not at every turn of the event loop',
  ],
  [
    'downloads that nobody reads',
    'test/attacks/floods-of-downloads.attacks.ts',
    'downloads that nobody reads, from 50 addresses',
  ],
  [
    'thousands of requests for small parts of a download',
    'test/attacks/floods-of-downloads.attacks.ts',
    'single bytes of a download, from 50 addresses',
  ],
  [
    'downloads that are abandoned',
    'test/attacks/floods-of-downloads.attacks.ts',
    'downloads that are abandoned',
  ],
  [
    'downloads that keep those of others waiting',
    'runtime/downloads/download-gate.test.ts',
    'lets few begin at once, by turns of where they come from, however many one asks for',
  ],
  [
    'downloads that come to media past the router',
    'subgraphs/media/downloads/download-bounds.integration.test.ts',
    'are as many as may be, and one more costs whoever has the most the oldest',
  ],
  [
    'answers of a pipeline that nobody reads',
    'test/attacks/floods-of-connections.attacks.ts',
    'pipelined operations whose answers nobody reads',
  ],
  [
    'passwords that are tried while others sign in',
    'test/attacks/floods-of-passwords.attacks.ts',
    'wrong passwords for unknown accounts, from 48 addresses',
  ],
  [
    'a body that is no operation, a batch, a persisted query',
    'test/attacks/protocols.attacks.ts',
    'is refused where it is none, whatever is sent for it',
  ],
  [
    'a plan, a trace or a suggestion that is asked for',
    'test/attacks/protocols.attacks.ts',
    'tells no plan, trace or suggestion, whatever is asked for',
  ],
  [
    "one large live operation that cuts off everybody's",
    'router/live/socket-limits.integration.test.ts',
    "passes on the largest message that a client may send, and disturbs nobody's subscription",
  ],
  [
    'one broken live operation among those of everybody',
    'subgraphs/media/live/broken-operations.integration.test.ts',
    'ends alone, and one that is larger than a client may send is served',
  ],
  [
    'operations that a socket calls complete while they run',
    'router/live/socket-limits.integration.test.ts',
    'is counted until it has ended although its client takes it for complete, as a mutation runs on',
  ],
  [
    'sockets without number',
    'router/live/socket-limits.integration.test.ts',
    'is limited by address and by user',
  ],
  [
    'pings whose payload comes back',
    'router/live/socket-limits.integration.test.ts',
    'comes back in no pong',
  ],
  [
    'a socket whose answers nobody reads',
    'router/live/socket-limits.integration.test.ts',
    'closes the socket of who does not read what it asks for',
  ],
  [
    'a page of which cursors alone are asked for',
    'router/guard/operation-guard.test.ts',
    'counts each object of a list, also where nothing is selected of it but leaves',
  ],
  [
    'a text of 256 kB, which stays with each subscription and in the cache of plans',
    'router/guard/guarded-operations.integration.test.ts',
    'is refused by its length over HTTP and on a socket, and is as large as the settings say',
  ],
  [
    'subscriptions whose every event takes much',
    'router/throttle/throttling.integration.test.ts',
    'come as their user can pay for them, whatever is told meanwhile, and the user is answered all the same',
  ],
  [
    'connections from all hosts of an IPv6 site',
    'router/connections/connection-limits.test.ts',
    'are no way for one IPv6 site to take the place of others by its many addresses',
  ],
  [
    'an address of the client’s own choice, before one that nobody can read',
    'runtime/network/client-address.test.ts',
    'is not what a client says beyond something that nobody can read',
  ],
  [
    'a socket without a token',
    'test/attacks/slow.attacks.ts',
    'is closed when no token comes, whatever else does',
  ],
  [
    'messages of odd forms or out of order, ids that every object has',
    'test/attacks/protocols.attacks.ts',
    'is closed by a message that is out of order or of no form, by a code that says which',
  ],
  [
    'an unknown protocol of a socket',
    'test/attacks/protocols.attacks.ts',
    'is opened under the one protocol that we speak',
  ],
  [
    "a socket that is renewed with another user's token",
    'router/live/live-admission.integration.test.ts',
    'ends when it is renewed by another user, or with a token that is not good',
  ],
  [
    'stack traces in the log by messages of a socket',
    'router/live/socket-limits.integration.test.ts',
    'leaves no stack trace in the log',
  ],
  [
    'a queue of passwords without end',
    'subgraphs/auth/accounts/passwords.test.ts',
    'are checked a few at a time; few wait, and all others are told to come again',
  ],
  [
    'a queue of passwords that one address fills',
    'subgraphs/auth/accounts/passwords.test.ts',
    'make room for who comes from elsewhere, however many networks, or blocks of one, have filled the queue',
  ],
  [
    'passwords that are hashed for who has gone',
    'subgraphs/auth/accounts/passwords.test.ts',
    'are not hashed for who has gone while waiting',
  ],
  [
    "one account's password, tried from many addresses",
    'test/attacks/passwords.attacks.ts',
    'are tried for one account a few times, however many addresses they come from',
  ],
  [
    "many accounts' passwords, tried from one address",
    'test/attacks/passwords.attacks.ts',
    'are tried from one address a few times, however many accounts they are for',
  ],
  [
    "many accounts' passwords, tried from a network of many addresses",
    'subgraphs/auth/accounts/accounts.test.ts',
    'is stopped for a network that tries many accounts from many addresses, but for who signed in there before',
  ],
  [
    'an address that a client only says it has',
    'test/attacks/passwords.attacks.ts',
    'are not tried by who only says that it is elsewhere',
  ],
  [
    'who has an account, told by answers and work',
    'test/attacks/passwords.attacks.ts',
    'is told neither by the answer to a wrong password nor by the work for it',
  ],
  [
    'who has an account, told by a request to reset a password',
    'test/attacks/passwords.attacks.ts',
    'is not told by a request to reset the password, which hashes nothing',
  ],
  [
    'who has an account, told by signing up',
    'test/attacks/passwords.attacks.ts',
    'is not told by signing up with an address, as long as nobody has proven that it is theirs',
  ],
  [
    'a password guessed by signing up with its account’s address',
    'subgraphs/auth/accounts/accounts.test.ts',
    'shares its limit with signing up, whoever has the address: no password is guessed there',
  ],
  [
    'an address that was signed in to before its owner had it, by who tries passwords from there',
    'subgraphs/auth/accounts/accounts.test.ts',
    'counts for the account that has the address now, wherever one that had it was signed in to',
  ],
  [
    'old hashes that tell by time',
    'subgraphs/auth/accounts/accounts.test.ts',
    'renews a hash that was made at a lower cost, and no other',
  ],
  [
    'an inbox that is filled by sign-ups',
    'workers/mailer/mailer.integration.test.ts',
    'lets no inbox be filled by accounts, and drops no mail about a conversion for it',
  ],
  [
    'an inbox that is filled by addresses with tags',
    'workers/mailer/inbox-limit.test.ts',
    'gets three mails an hour and ten a day, to 40 addresses of it at once',
  ],
  [
    'an owner whose link to a new password is kept away by mails to other addresses of the inbox',
    'workers/mailer/inbox-limit.test.ts',
    'keeps the last of both for who has proven it, whatever strangers ask for with its other addresses',
  ],
  [
    'accounts without number',
    'subgraphs/auth/throttling.integration.test.ts',
    'cannot make accounts without end',
  ],
  [
    'an address that is registered before its owner does',
    'subgraphs/auth/accounts.integration.test.ts',
    'that has not proven its address loses it, with its sessions, to the one who proves it',
  ],
  [
    "an account that its inbox's owner verifies for a stranger",
    'subgraphs/auth/accounts.integration.test.ts',
    "is not verified by the inbox's owner for the stranger who made it",
  ],
  [
    'a link of a mail that is used twice',
    'subgraphs/auth/accounts.integration.test.ts',
    'gets a new password by its inbox once, and all its sessions end',
  ],
  [
    'a little input that becomes a lot of output',
    'subgraphs/media/quotas/work-of-order.test.ts',
    'is of silence what it is of anything else: what is stored follows from the length, not from the upload',
  ],
  [
    "a day's work of many accounts at one address",
    'subgraphs/media/quotas/daily-usage.integration.test.ts',
    'is one trial for all at an address who have verified none, as accounts cost nothing',
  ],
  [
    'guests without end, from an address or a network',
    'subgraphs/auth/guests.integration.test.ts',
    'come from an address, and from a network, a few at a time',
  ],
  [
    'guests that a page of another origin has made',
    'router/guests/guests-endpoint.integration.test.ts',
    'is not brought by a page of another origin, which may post only what needs no preflight',
  ],
  [
    "a guest's tokens after it has signed up",
    'subgraphs/auth/guests.integration.test.ts',
    'keeps its id when it signs up, and none of its tokens',
  ],
  [
    'many accounts of one guest',
    'subgraphs/auth/guests.integration.test.ts',
    'signs up once, however many try with its token at once, and to no address that is taken',
  ],
  [
    'a guest taken for an account, by its id in place of an address',
    'subgraphs/auth/guests.integration.test.ts',
    'is told what needs an account',
  ],
  [
    'five hundred chapters that each decode from the start',
    'workers/converter/source/neighbours.test.ts',
    'of a day in 500 chapters decode it a few times, and not 250',
  ],
  [
    'more bytes announced than the disk has',
    'subgraphs/media/uploads/allow-upload.integration.test.ts',
    'are promised no more than the disk has, whoever announces them and however many at once',
  ],
  [
    'a thousand uploads announced',
    'subgraphs/media/uploads/allow-upload.integration.test.ts',
    'are limited in number and in bytes until they end, for each account',
  ],
  [
    'checks of uploads that keep others waiting',
    'runtime/turns.test.ts',
    'come round to each owner: a thousand of one keep another waiting for one',
  ],
  [
    'links that are revoked without end',
    'ledger/transition.test.ts',
    'has its links revoked when some were given out, each time once, and not for ever',
  ],
  [
    'a history that is replayed at a quadratic cost',
    'subgraphs/media/live/conversion-updates.test.ts',
    'replays little, however often a stranger had links given out and revoked',
  ],
  [
    'a picture that is none',
    'subgraphs/media/examine/pictures.integration.test.ts',
    'are looked at in the sandbox: of 10 MB of zeros behind a marker our own process reads the marker',
  ],
  [
    'a download that is read slowly',
    'runtime/blobs/slow-readers.test.ts',
    'hold a small part of a chunk each, however many they are',
  ],
  [
    'connections that send nothing, or headers, bodies and upgrades drop by drop',
    'test/attacks/slow.attacks.ts',
    'is cut off: one ${what}',
  ],
  [
    'an upload that comes drop by drop',
    'test/attacks/slow.attacks.ts',
    'is cut off in the bytes of an upload, which goes on from there when it comes again',
  ],
  [
    'connections without number from one address',
    'router/connections/slow-clients.integration.test.ts',
    'gets no more than an address may have, while others are served',
  ],
  [
    'a connection that is kept although its client ends it',
    'router/bytes/proxy.integration.test.ts',
    'end their connection when the client asks for it, and keep it otherwise',
  ],
  [
    'a refresh token that was stolen and comes back',
    'test/attacks/sessions.attacks.ts',
    'ends its session for the user and the thief, everywhere, when the second of them comes with it',
  ],
  [
    'a refresh token that is used ten times at once',
    'test/attacks/sessions.attacks.ts',
    'gives a thief that comes at once no session of its own',
  ],
  [
    'a refresh token that was made up',
    'test/attacks/sessions.attacks.ts',
    'is no session’s, whatever it is made of',
  ],
  [
    'an access token of a session that has ended',
    'test/attacks/sessions.attacks.ts',
    'is over for each of its tokens, and its sockets close, once it ${way}',
  ],
  [
    'sessions and refreshes without number',
    'subgraphs/auth/accounts.integration.test.ts',
    'shows its sessions, and ends one, all, and the oldest of too many',
  ],
  [
    'access tokens that are forged, expired or meant for something else; claims of other types',
    'test/attacks/tokens.attacks.ts',
    'is refused ${name}, however it was forged',
  ],
  [
    "a token that names a server of the attacker's",
    'test/attacks/tokens.attacks.ts',
    'leads nobody to a server that it names',
  ],
  [
    'claims that a good key signed and that are none',
    'runtime/tokens/tokens.test.ts',
    'believes no claim that is not what it should be, whoever signed it',
  ],
  [
    'a token of one purpose that is used for another',
    'test/attacks/authorization-attacks.ts',
    'is none for another',
  ],
  [
    'one key for several purposes',
    'subgraphs/auth/keys/signing-keys.test.ts',
    'make keys for other purposes, the same each time, by which nobody finds their way back',
  ],
  [
    'links that are forged, expired or revoked',
    'subgraphs/media/downloads/download-routes.test.ts',
    'is forged, or a token for something else',
  ],
  [
    'a subgraph that is asked directly, with forged and stale proofs, and callers that every object has',
    'test/attacks/subgraph-attacks.ts',
    'answers nobody at ${subgraph} without a good proof',
  ],
  [
    'a proof that is replayed',
    'test/attacks/subgraph-attacks.ts',
    'answers no proof twice at ${subgraph}, however many come at once',
  ],
  [
    "a proof with another user's token",
    'test/attacks/subgraph-attacks.ts',
    'takes no token at ${subgraph} that the proof was not made with',
  ],
  [
    "the mailer's key for what is not the mailer's",
    'test/attacks/subgraph-attacks.ts',
    'gives the tokens of mails to the mailer alone, and the mailer nothing else',
  ],
  [
    "entities that are asked for by others' ids and by operators",
    'test/attacks/subgraph-attacks.ts',
    'gives a client nothing of _entities but itself',
  ],
  [
    'the socket of media without a proof',
    'test/attacks/subgraph-attacks.ts',
    'opens nothing on the WebSocket of media without the proof of each operation',
  ],
  [
    "another tenant's identifiers in every argument",
    'test/attacks/tenants.attacks.ts',
    'tell nothing and change nothing in ${place.name}',
  ],
  [
    'lists that are read through signing in',
    'subgraphs/auth/auth.integration.test.ts',
    'gives who signs in a session whatever token comes along, and nothing that is for that token alone',
  ],
  [
    'operators of the database for ids and texts',
    'test/attacks/protocols.attacks.ts',
    'is refused where it is none, whatever is sent for it',
  ],
  [
    'operations from a page of another site',
    'test/attacks/requests.attacks.ts',
    'changes nothing that needs no preflight, whatever it calls its body, and reads nothing',
  ],
  [
    'a WebSocket from a page of another site',
    'test/attacks/requests.attacks.ts',
    'opens no WebSocket, whatever it says that its origin is',
  ],
  [
    'origins that nobody has decided on',
    'router/origins/origins.integration.test.ts',
    'is refused everywhere where it is not',
  ],
  [
    "a page of a mail's link that runs or tells more than it should",
    'test/attacks/protocols.attacks.ts',
    'runs its own script alone, is in no frame, tells nobody where it was, and shows nothing of its address',
  ],
  [
    'a page for developers in production',
    'router/graphql/graphql-over-http.integration.test.ts',
    'is for browsers alone, in development alone',
  ],
  ['paths that climb', 'test/attacks/requests.attacks.ts', 'leads to nothing inside, however it is written'],
  [
    'a request that is smuggled within another',
    'test/attacks/requests.attacks.ts',
    'is never answered as one of its own',
  ],
  [
    'a host and forwarding headers that are spoofed',
    'test/attacks/requests.attacks.ts',
    'is in no link, whatever it spoofs',
  ],
  [
    'errors of the inner services and their addresses',
    'router/failures.integration.test.ts',
    'refuses in the shape of bytes what is wrong with the address of an upload or a download',
  ],
  [
    'errors and stack traces from inside',
    'router/failures.integration.test.ts',
    'tells nothing of what broke inside',
  ],
  [
    'sizes, metadata and bytes of uploads that are none',
    'subgraphs/media/uploads/tus/tus-routes.integration.test.ts',
    'refuses a file over the limit, and sizes that are none, before a byte is sent',
  ],
  [
    'more bytes than were declared',
    'subgraphs/media/uploads/tus/tus-routes.integration.test.ts',
    'rejects more bytes than were declared, announced or not, with nothing left',
  ],
  [
    'connections that are reset within an upload',
    'router/bytes/proxy.integration.test.ts',
    'break off at media when the client breaks off, so that they can be resumed',
  ],
  [
    'names of files that write headers, pages or paths',
    'test/attacks/names.attacks.ts',
    'writes no header, leads to no folder and is no page, in the answer to a download',
  ],
  [
    'control characters in names of files',
    'test/attacks/names.attacks.ts',
    'is stored without the control characters that it holds',
  ],
  [
    'names of files in mails',
    'test/attacks/names.attacks.ts',
    'is text in the mail about its MP3, and nothing a program obeys',
  ],
  [
    'a playlist that reads files and addresses',
    'runtime/ffmpeg/hardening.integration.test.ts',
    'is refused and leaks nothing: ${name}',
  ],
  [
    'a sandbox that is not in force',
    'runtime/ffmpeg/ffmpeg-settings.test.ts',
    'the sandbox fails closed outside development, unless a weaker one is asked for by name',
  ],
  [
    'ffmpeg that reads our environment',
    'runtime/ffmpeg/walls.integration.test.ts',
    'know nothing of our environment and hold no right of ours',
  ],
  [
    'ffmpeg that reaches the network',
    'runtime/ffmpeg/walls.integration.test.ts',
    'have no network, not even this machine’s own',
  ],
  [
    'ffmpeg that reads files of others, or of another job',
    'runtime/ffmpeg/walls.integration.test.ts',
    'hold the files of the job and no others',
  ],
  [
    'ffmpeg that reads or ends other processes',
    'runtime/ffmpeg/walls.integration.test.ts',
    'keep every other process out of reach',
  ],
  [
    'recordings that others on the machine can read',
    'runtime/process/run-process.integration.test.ts',
    'makes files that nobody else on the machine can read',
  ],
  [
    'health and figures on the public port, and processes beyond this machine',
    'test/attacks/protocols.attacks.ts',
    'is this machine alone, and health and figures are on no port that clients come to',
  ],
  [
    'a mail server or a public address without TLS',
    'runtime/process/settings.test.ts',
    'ask for TLS in production wherever passwords, tokens and links travel',
  ],
  [
    'TLS that is stripped on the way to the mail server',
    'workers/mailer/transport/smtp-transport.integration.test.ts',
    'says nothing to another machine before TLS is up, unless the URL does without',
  ],
  [
    'a password that is typed over http',
    'clients/cli/session/read-credentials.test.ts',
    'goes over http with a warning, unless to this machine itself',
  ],
  [
    'secrets that are missing, shown or open to others',
    'infra/local/system/secrets.integration.test.ts',
    'are made once, and are for their owner alone',
  ],
  [
    "a mail server's answer that takes hours to read",
    'workers/mailer/transport/mail-transport.test.ts',
    'is read to a bound alone, whatever a server sends: hours would pass otherwise',
  ],
  ['lines of a log that a client forges', 'test/attacks/logs.attacks.ts', 'is in no log'],
  [
    'an id of a request that a client chooses',
    'router/router.integration.test.ts',
    'crosses both subgraphs, as the user, under one request id of ours, whatever the client calls it',
  ],
  ['names of files in the log', 'test/attacks/names.attacks.ts', 'no name stands in a log'],
  [
    'tokens, passwords and addresses in the log',
    'test/attacks/tokens.attacks.ts',
    'what was sent of tokens stands in no log',
  ],
  [
    'a server that commands the terminal of the command line',
    'test/attacks/terminal.attacks.ts',
    'neither commands the terminal of who asks it nor turns the order of its text',
  ],
  [
    'a client that commands the terminal of the local system',
    'infra/local/system/log-view.test.ts',
    'does not command the terminal, whatever a client sent',
  ],
]

export const attackRows: readonly AttackRow[] = rows.map(([attack, file, test]) => ({ attack, file, test }))
