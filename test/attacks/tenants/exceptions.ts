/** What the attack with another tenant's identifiers leaves out or lets pass, and why. An entry that is not needed fails. */

export interface Exception {
  readonly place: string
  readonly identifier: string
  readonly why: string
}

/** Where the answer about the victim's identifier differs from the one about nothing. */
export const tellOnPurpose: readonly Exception[] = [
  {
    place: 'signUp.input.email',
    identifier: 'e-mail address',
    why: 'Who signs up must learn that an account has proven the address: EMAIL_TAKEN.',
  },
]

/** Where the victim's documents change by what a stranger sends. */
export const changeOnPurpose: readonly Pick<Exception, 'place' | 'why'>[] = [
  {
    place: 'requestPasswordReset.input.email',
    why: 'Anybody may ask for the mail, which only the owner of the inbox can use; an inbox gets a few an hour.',
  },
]

/** Numbers that measure something: no identifier is one of them. A number that names something belongs into `identifiersOf`. */
export const quantities: readonly string[] = [
  'createUpload.input.sizeBytes',
  'createUpload.input.coverFrameMs',
  'me.conversions.first',
  ...[
    'bitrateKbps',
    'vbrQuality',
    'channels',
    'sampleRateHz',
    'encoderQuality',
    'audioTrack.index',
    'trim.startMs',
    'trim.endMs',
    'fadeInMs',
    'fadeOutMs',
    'loudness.targetLufs',
    'loudness.maxTruePeakDbtp',
    'chapters.list.startMs',
    'chapters.list.endMs',
  ].map((option) => `startConversion.input.output.${option}`),
]
