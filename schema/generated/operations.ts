/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The audio track to convert: either its index or its language. */
export type AudioTrackInput = {
  /** The index of the track among the audio tracks, from 0. */
  index?: number | null | undefined;
  /** The language of the track, as an ISO 639 code of two or three letters. Of several in that language, one is chosen as if they were all there are. */
  language?: string | null | undefined;
};

/** How the bitrate of an MP3 is controlled. */
export type BitrateMode =
  /** Average bitrate: the bitrate varies with the audio, and its average is the one that was asked for. */
  | 'ABR'
  /** Constant bitrate: the same bitrate throughout. */
  | 'CBR'
  /** Variable bitrate: the same quality throughout. */
  | 'VBR';

/** The conversion to cancel. */
export type CancelConversionInput = {
  /** The id of the conversion. */
  id: string | number;
};

/** What a known password is replaced by. */
export type ChangePasswordInput = {
  /** The password until now. */
  currentPassword: string;
  /** 12 to 128 characters, and none of those that are guessed first. */
  newPassword: string;
};

/** A chapter. Time 0 is the start of the source file. */
export type ChapterInput = {
  /** The end of the chapter, in milliseconds. Unless given, it is the start of the next chapter, or the end of the file. */
  endMs?: number | null | undefined;
  /** The start of the chapter, in milliseconds. */
  startMs: number;
  /** The title of the chapter, at most 200 characters. */
  title?: string | null | undefined;
};

/** Where the chapters of an MP3 come from. */
export type ChapterOrigin =
  /** From the list given with the order. */
  | 'GIVEN'
  /** The MP3 has no chapters. */
  | 'NONE'
  /** From the source, if it has chapters. */
  | 'SOURCE';

/** The chapters that an MP3 gets. */
export type ChaptersInput = {
  /** Where the chapters come from. */
  from?: ChapterOrigin;
  /** For GIVEN, and only then: 1 to 500 chapters, in time order and without overlaps. */
  list?: Array<ChapterInput>;
};

/** The states of a conversion. In the last three it is finished. */
export type ConversionStatus =
  /** The owner cancelled the conversion. */
  | 'CANCELLED'
  /** The conversion is finished without an MP3; failure says why. */
  | 'FAILED'
  /** The conversion waits for a worker. */
  | 'QUEUED'
  /** A worker is converting. */
  | 'RUNNING'
  /** The conversion is finished, and its MP3s can be downloaded. */
  | 'SUCCEEDED';

/** The kinds of updates about a conversion. */
export type ConversionUpdateType =
  /** New progress of the running attempt. */
  | 'PROGRESS'
  /** The state of the conversion when the subscription started. */
  | 'SNAPSHOT'
  /** A state change. */
  | 'STATE';

/** The cover that an MP3 gets. */
export type CoverInput = {
  /** Where the cover comes from. */
  from?: CoverOrigin;
  /** For UPLOAD, and only then: the id of a READY upload whose purpose is COVER. */
  uploadId?: string | number | null | undefined;
};

/** Where the cover of an MP3 comes from. */
export type CoverOrigin =
  /** The MP3 has no cover. */
  | 'NONE'
  /** From the source: Upload.picture, if it has one. */
  | 'SOURCE'
  /** From another upload, whose purpose is COVER. */
  | 'UPLOAD';

/** The file to upload. */
export type CreateUploadInput = {
  /**
   * The time of a video frame that becomes the cover, in milliseconds. After the end of the video, the last frame is taken.
   * Without it, or if the video cannot be decoded, the cover is the picture attached to the file. It is given here and not with
   * the conversion, as the video itself is not stored.
   */
  coverFrameMs?: number | null | undefined;
  /**
   * The file name. It is stored without control characters, what turns the direction of text, and what parts folders: each
   * becomes an underscore; and cut to 255 bytes of UTF-8, extension kept.
   */
  filename: string;
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: string;
  /** What the upload is for. */
  purpose?: UploadPurpose;
  /** The SHA-256 of the file in hexadecimal, if it is known. The received bytes are checked against it. */
  sha256?: string | null | undefined;
  /** The exact file size in bytes. */
  sizeBytes: number;
};

/** What an account ends by. */
export type DeleteAccountInput = {
  /** The account's password. */
  password: string;
};

/** The ways to make an MP3. A conversion takes the fastest one whose result is proven correct. */
export type EncodingPath =
  /** Encoded in segments on several cores. Each segment starts with a seek in the source. */
  | 'PARALLEL_SEEK'
  /** Encoded in segments on several cores. Each segment decodes the source from its start. */
  | 'PARALLEL_SKIP'
  /** Not encoded: the MP3 frames of the source are passed through. */
  | 'PASSTHROUGH'
  /** Encoded by a single encoder process. */
  | 'SINGLE';

/** Which session ends. */
export type EndSessionInput = {
  /** One of the signed-in user's. */
  sessionId: string | number;
};

/** The codes of errors: `extensions.code` of an error, `code` of a failure, and `code` where bytes are sent or fetched. */
export type ErrorCode =
  /** The conversion is over and can no longer be cancelled. The same request fails again. HTTP status: 409. */
  | 'ALREADY_FINISHED'
  /** The HTTP request is not one the server understands. The same request fails again. HTTP status: 400. */
  | 'BAD_REQUEST'
  /** An input value is not allowed; `extensions.problems` name each such value. The same request fails again. HTTP status: 400. */
  | 'BAD_USER_INPUT'
  /** The conversion took longer than its limit. The same request may succeed later. HTTP status: 500. */
  | 'CONVERSION_TIMED_OUT'
  /** Our converter failed, several times in a row. The same request may succeed later. HTTP status: 500. */
  | 'CONVERTER_FAILED'
  /** The file is damaged or cut short. The same request fails again. HTTP status: 422. */
  | 'CORRUPT_FILE'
  /** The conversion was deleted; use another idempotency key for a new one. The same request fails again. HTTP status: 410. */
  | 'DELETED'
  /** An account with this address exists. The same request fails again. HTTP status: 409. */
  | 'EMAIL_TAKEN'
  /** The operation is not GraphQL. The same request fails again. HTTP status: 400. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The operation does not fit the schema. The same request fails again. HTTP status: 400. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The received bytes do not have the declared SHA-256. The same request fails again. HTTP status: 422. */
  | 'HASH_MISMATCH'
  /** This key was used before with other input. The same request fails again. HTTP status: 409. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Something broke on our side; it is in our log under the request id. The same request may succeed later. HTTP status: 500. */
  | 'INTERNAL_SERVER_ERROR'
  /** No account has this address and password. The same request fails again. HTTP status: 401. */
  | 'INVALID_CREDENTIALS'
  /** The link has expired; ask for a new one. The same request fails again. HTTP status: 410. */
  | 'LINK_EXPIRED'
  /** The link is damaged. The same request fails again. HTTP status: 404. */
  | 'LINK_INVALID'
  /** The link was revoked by its owner. The same request fails again. HTTP status: 410. */
  | 'LINK_REVOKED'
  /** Only an e-mail that was refused, came back, or may not have arrived can be sent again. The same request fails again. HTTP status: 409. */
  | 'MAIL_NOT_RESENDABLE'
  /** A cover must be a JPEG, PNG, WebP, GIF, BMP or TIFF of at most 64 MB and 40 megapixels, and not damaged. The same request fails again. HTTP status: 422. */
  | 'NOT_A_PICTURE'
  /** There is no such thing, or it is not yours. The same request fails again. HTTP status: 404. */
  | 'NOT_FOUND'
  /** Only a FAILED or CANCELLED conversion can be retried. The same request fails again. HTTP status: 409. */
  | 'NOT_RETRYABLE'
  /** The file has no audio track. The same request fails again. HTTP status: 422. */
  | 'NO_AUDIO_TRACK'
  /** The operation is larger than an operation may be; `extensions` name the limit. The same request fails again. HTTP status: 400. */
  | 'OPERATION_LIMIT_EXCEEDED'
  /** This server runs the operations of its own clients only. The same request fails again. HTTP status: 400. */
  | 'OPERATION_NOT_TRUSTED'
  /** What was asked for cannot be made of this upload; the message says why. The same request fails again. HTTP status: 422. */
  | 'OUTPUT_NOT_POSSIBLE'
  /** The link to set a new password is expired, damaged, or was used; ask for a new one. The same request fails again. HTTP status: 400. */
  | 'PASSWORD_RESET_TOKEN_INVALID'
  /** The audio is protected against copies (DRM); only the programs of whoever sold or sent it can play it. The same request fails again. HTTP status: 422. */
  | 'PROTECTED'
  /** A limit of use is reached; `extensions` say which, and until when. The same request may succeed later. HTTP status: 429. */
  | 'QUOTA_EXCEEDED'
  /** A part of the service is away for the moment. The same request may succeed later. HTTP status: 503. */
  | 'SERVICE_UNAVAILABLE'
  /** The refresh token is unknown, expired or was replaced; sign in again. The same request fails again. HTTP status: 401. */
  | 'SESSION_ENDED'
  /** Guests cannot do this: it needs an account. Sign up first. The same request fails again. HTTP status: 403. */
  | 'SIGN_UP_REQUIRED'
  /** The received bytes are not as many as were declared. The same request fails again. HTTP status: 413. */
  | 'SIZE_MISMATCH'
  /** The source of the conversion is no longer kept; upload the file again. The same request fails again. HTTP status: 410. */
  | 'SOURCE_EXPIRED'
  /** There is no room for more files at the moment; try again later. The same request may succeed later. HTTP status: 507. */
  | 'STORAGE_FULL'
  /** Subscriptions need graphql-ws. The same request fails again. HTTP status: 406. */
  | 'SUBSCRIPTION_TRANSPORT_REQUIRED'
  /** The audio is longer than we convert. The same request fails again. HTTP status: 422. */
  | 'TOO_LONG'
  /** This was asked for too often; `extensions.retryAfterMs` says when it may be asked for again. The same request may succeed later. HTTP status: 429. */
  | 'TOO_MANY_REQUESTS'
  /** The access token is missing, expired, or not ours; sign in or refresh the session. The same request fails again. HTTP status: 401. */
  | 'UNAUTHENTICATED'
  /** The audio is coded in a way we do not decode. The same request fails again. HTTP status: 415. */
  | 'UNSUPPORTED_CODEC'
  /** The file is not audio or video in a format we read. The same request fails again. HTTP status: 415. */
  | 'UNSUPPORTED_FORMAT'
  /** The upload was removed; upload the file again. The same request fails again. HTTP status: 410. */
  | 'UPLOAD_EXPIRED'
  /** The upload has not received all its bytes yet. The same request fails again. HTTP status: 409. */
  | 'UPLOAD_INCOMPLETE'
  /** The received bytes were lost before they were accepted; upload the file again. The same request fails again. HTTP status: 410. */
  | 'UPLOAD_LOST'
  /** The upload is still being validated. The same request may succeed later. HTTP status: 409. */
  | 'UPLOAD_NOT_READY'
  /** The upload was rejected and cannot be converted. The same request fails again. HTTP status: 410. */
  | 'UPLOAD_REJECTED'
  /** The file is larger than an upload may be. The same request fails again. HTTP status: 413. */
  | 'UPLOAD_TOO_LARGE'
  /** The MP3 did not pass its checks and was not published. The same request fails again. HTTP status: 500. */
  | 'VERIFICATION_FAILED'
  /** The verification link is expired or damaged; ask for a new one. The same request fails again. HTTP status: 400. */
  | 'VERIFICATION_TOKEN_INVALID'
  /** The workers that took this conversion up kept dying. The same request may succeed later. HTTP status: 500. */
  | 'WORKER_CRASHED';

/**
 * A loudness target per ITU-R BS.1770. If the target cannot be reached without exceeding the true peak, the MP3 stays below the
 * target; Mp3.loudness says how loud it is.
 */
export type LoudnessInput = {
  /** The highest true peak that is allowed in dBTP, from -9 to 0. */
  maxTruePeakDbtp?: number;
  /** The integrated loudness in LUFS, from -40 to -5. */
  targetLufs?: number;
};

/**
 * The output options: what the MP3 is to be like. A value that is never allowed is refused with BAD_USER_INPUT, one that this
 * upload does not allow with OUTPUT_NOT_POSSIBLE.
 */
export type OutputOptionsInput = {
  /**
   * The audio track to convert. Unless given, it is the one that players begin with: of those that hold audio that can be decoded,
   * a main track comes before commentaries, audio descriptions and the like, then the default one, then the original. Two mono
   * tracks that are the left and the right of one sound are converted together. The warnings name what was left out.
   */
  audioTrack?: AudioTrackInput | null | undefined;
  /**
   * For CBR and ABR: the bitrate in kbit/s; 192 unless given. CBR takes 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256
   * or 320; ABR takes any whole number from 8 to 320. An MP3 has at most 160 kbit/s below 32 kHz and 64 kbit/s below 16 kHz: a
   * higher bitrate is refused if sampleRateHz is given, and lowered otherwise.
   */
  bitrateKbps?: number | null | undefined;
  /** How the bitrate is controlled. */
  bitrateMode?: BitrateMode;
  /** The number of channels, 1 or 2. Unless given, a mono track stays mono, and any other becomes stereo. */
  channels?: number | null | undefined;
  /** The chapters that the MP3 gets, or is split by. */
  chapters?: ChaptersInput;
  /** The cover that the MP3 gets. */
  cover?: CoverInput;
  /** LAME's encoder quality, from 0 (best) to 9 (fastest). Unless given, it is LAME's own choice. */
  encoderQuality?: number | null | undefined;
  /** The length of the fade-in, in milliseconds; 0 for none. */
  fadeInMs?: number;
  /** The length of the fade-out, in milliseconds; 0 for none. */
  fadeOutMs?: number;
  /** The loudness to normalise the audio to. Unless given, the loudness is not changed. */
  loudness?: LoudnessInput | null | undefined;
  /**
   * The sample rate in Hz: 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000. Unless given, it is the source's, or
   * the next higher one that MP3 has.
   */
  sampleRateHz?: number | null | undefined;
  /**
   * Makes one MP3 of each chapter. Fades and loudness apply to each MP3; trim cannot be given. A chapter ends at the latest
   * where the next one starts. A chapter of the source that has no audio is left out; one that was given is refused.
   */
  splitByChapters?: boolean;
  /** The tags that the MP3 gets. */
  tags?: TagsInput;
  /** The part of the track to keep, exact to the sample. Unless given, it is the whole track. */
  trim?: TrimInput | null | undefined;
  /** For VBR: LAME's VBR quality, from 0 (best) to 9 (smallest file); 2 unless given. */
  vbrQuality?: number | null | undefined;
};

/** What is renewed. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  refreshToken: string;
};

/** Whose password is to be set anew. */
export type RequestPasswordResetInput = {
  /** The address of the account. */
  email: string;
};

/** What a forgotten password is replaced by. */
export type ResetPasswordInput = {
  /** 12 to 128 characters, and none of those that are guessed first. */
  newPassword: string;
  /** The token from the mail's link. */
  token: string;
};

/** The conversion to retry. */
export type RetryConversionInput = {
  /** The id of a FAILED or CANCELLED conversion. */
  id: string | number;
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: string;
};

/** Who signs in. */
export type SignInInput = {
  /** The address of the account. */
  email: string;
  /** The account's password. */
  password: string;
};

/** What ends. */
export type SignOutInput = {
  /** Any refresh token of the session. */
  refreshToken: string;
};

/** Who to create. */
export type SignUpInput = {
  /** An e-mail address that no account has proven to be its own, whatever the case of its letters. */
  email: string;
  /** The language of mails, a BCP 47 tag. */
  locale?: string | null | undefined;
  /** 12 to 128 characters, and none of those that are guessed first. */
  password: string;
};

/** What to convert, and how. */
export type StartConversionInput = {
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: string;
  /** The output options. */
  output?: OutputOptionsInput;
  /** The id of a READY upload whose purpose is SOURCE. */
  uploadId: string | number;
};

/** A tag to set, such as title, artist, album, album_artist, composer, date, genre, track, disc, comment or copyright. */
export type TagInput = {
  /** The name of the tag, 1 to 100 characters. It is taken in lower case. */
  key: string;
  /** The text of the tag, at most 2,000 characters. Empty: the tag is left out. */
  value: string;
};

/** The tags that an MP3 gets. */
export type TagsInput = {
  /** Whether the tags of the source are kept. */
  keep?: boolean;
  /** The tags to set, at most 100. They replace tags of the source with the same key; a tag with an empty value is left out. */
  set?: Array<TagInput>;
};

/** The part of the audio track to keep. Time 0 is the first sample of the track. */
export type TrimInput = {
  /** The end of the part, in milliseconds; the end of the track unless given. */
  endMs?: number | null | undefined;
  /** The start of the part, in milliseconds. */
  startMs?: number;
};

/** What an upload is for. */
export type UploadPurpose =
  /**
   * A picture for the cover of MP3s: a JPEG or PNG of at most 10 MB and 16 megapixels. A larger one, and a WebP, GIF, BMP or TIFF, of
   * at most 64 MB and 40 megapixels is converted to a JPEG.
   */
  | 'COVER'
  /** A video or audio file to convert. */
  | 'SOURCE';

/** The states of an upload. */
export type UploadStatus =
  /**
   * The upload was removed: it was incomplete or unused for too long, its owner terminated it, or its conversion no longer
   * needed it.
   */
  | 'EXPIRED'
  /** The upload can be used in conversions. */
  | 'READY'
  /** The upload cannot be used; failure says why. */
  | 'REJECTED'
  /** Bytes are being received. */
  | 'UPLOADING'
  /** All bytes are received. Their size, their hash and the contents of the file are being validated. */
  | 'VALIDATING';

/** What is confirmed. */
export type VerifyEmailInput = {
  /** The account's password; not needed where the account itself is signed in. */
  password?: string | null | undefined;
  /** The token from the verification mail's link. */
  token: string;
};

/** The kinds of warnings. */
export type WarningCode =
  /** Time passes in the file without audio of the track. The MP3 has silence there, so that what follows is heard when it should be. */
  | 'AUDIO_GAP_FILLED'
  /** The file tells a stretch of time twice. What would be heard a second time is left out. */
  | 'AUDIO_OVERLAP_CUT'
  /** The bitrate that was asked for is higher than the source's. The MP3 becomes larger, not better. */
  | 'BITRATE_ABOVE_SOURCE'
  /** The file does not say what its channels are, and they are more than two. They are mixed as the number suggests, or all alike. */
  | 'CHANNELS_UNKNOWN'
  /** The clock of the file jumps, as it does where recordings were joined. The audio goes on without a gap. */
  | 'CLOCK_JUMP_CLOSED'
  /** The cover was too large, or of a kind that few players show. It was converted to a JPEG. */
  | 'COVER_CHANGED'
  /**
   * The picture in the file, or the video frame at coverFrameMs, is damaged, too large, or of a kind that is not decoded. The MP3 has no
   * cover.
   */
  | 'COVER_MISSING'
  /** A length, size or rate that the file states is not what was found in it. What was found counts. */
  | 'HEADER_WRONG'
  /** The channels of the source, mixed to those of the MP3, would have passed full scale. All of the MP3 is quieter by the same gain. */
  | 'PEAKS_LIMITED'
  /** The sample rate that was asked for is higher than the source's. The MP3 becomes larger, not better. */
  | 'SAMPLE_RATE_ABOVE_SOURCE'
  /** Two mono tracks are the left and the right of one sound. They became one stereo MP3. */
  | 'TRACKS_JOINED'
  /** The file has several audio tracks, and the order left it open which one is meant. The message names those left out. */
  | 'TRACK_CHOSEN'
  /** The track ends on the way, and goes on as another one of the file, as where a broadcast changes its codec. The MP3 has both. */
  | 'TRACK_CONTINUED';

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, email: string | null, emailVerified: boolean } | null };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp: { session: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string, user: { id: string, email: string | null, emailVerified: boolean } } | null } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { session: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string, user: { id: string, email: string | null, emailVerified: boolean } } | null } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { session: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string, user: { id: string, email: string | null, emailVerified: boolean } } | null } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { signOut: { signedOut: boolean } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { verifyEmail: { user: { id: string, email: string | null, emailVerified: boolean } } };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { me: { sessions: Array<{ id: string, current: boolean, createdAt: string, lastUsedAt: string, client: string | null }> | null } | null };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { endSession: { ended: boolean } };

export type EndAllSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndAllSessionsMutation = { endAllSessions: { ended: boolean } };

export type RequestEmailVerificationMutationVariables = Exact<{ [key: string]: never; }>;


export type RequestEmailVerificationMutation = { requestEmailVerification: { requested: boolean } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: { requested: boolean } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword: { user: { email: string | null } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { user: { email: string | null } } };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { deleteAccount: { deletedId: string } };

export type SessionFieldsFragment = { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string, user: { id: string, email: string | null, emailVerified: boolean } };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload: { upload: { id: string, filename: string, status: UploadStatus, url: string | null, sizeBytes: number, receivedBytes: number, expiresAt: string, storedBytes: number | null, media: { durationMs: number, container: string, audioTracks: Array<{ index: number, codec: string, language: string | null, channels: number, sampleRateHz: number }>, chapters: Array<{ startMs: number, endMs: number, title: string | null }> } | null, picture: { mimeType: string, widthPx: number, heightPx: number } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null } } };

export type UploadQueryVariables = Exact<{
  id: string | number;
}>;


export type UploadQuery = { upload: { id: string, filename: string, status: UploadStatus, url: string | null, sizeBytes: number, receivedBytes: number, expiresAt: string, storedBytes: number | null, media: { durationMs: number, container: string, audioTracks: Array<{ index: number, codec: string, language: string | null, channels: number, sampleRateHz: number }>, chapters: Array<{ startMs: number, endMs: number, title: string | null }> } | null, picture: { mimeType: string, widthPx: number, heightPx: number } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null } | null };

export type UploadFieldsFragment = { id: string, filename: string, status: UploadStatus, url: string | null, sizeBytes: number, receivedBytes: number, expiresAt: string, storedBytes: number | null, media: { durationMs: number, container: string, audioTracks: Array<{ index: number, codec: string, language: string | null, channels: number, sampleRateHz: number }>, chapters: Array<{ startMs: number, endMs: number, title: string | null }> } | null, picture: { mimeType: string, widthPx: number, heightPx: number } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null };

export type StartConversionMutationVariables = Exact<{
  input: StartConversionInput;
}>;


export type StartConversionMutation = { startConversion: { conversion: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } } };

export type CancelConversionMutationVariables = Exact<{
  input: CancelConversionInput;
}>;


export type CancelConversionMutation = { cancelConversion: { conversion: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } } };

export type RetryConversionMutationVariables = Exact<{
  input: RetryConversionInput;
}>;


export type RetryConversionMutation = { retryConversion: { conversion: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } } };

export type ConversionQueryVariables = Exact<{
  id: string | number;
}>;


export type ConversionQuery = { conversion: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } | null };

export type ConversionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  status?: Array<ConversionStatus> | ConversionStatus | null | undefined;
}>;


export type ConversionsQuery = { me: { conversions: { edges: Array<{ node: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type ConversionUpdatedSubscriptionVariables = Exact<{
  id: string | number;
  afterSequence?: number | null | undefined;
}>;


export type ConversionUpdatedSubscription = { conversionUpdated: { sequence: number, type: ConversionUpdateType, status: ConversionStatus, at: string, conversion: { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> } } };

export type ConversionFieldsFragment = { id: string, filename: string, status: ConversionStatus, attempt: number, sequence: number, createdAt: string, finishedAt: string | null, progress: { percent: number, speed: number, etaMs: number | null } | null, failure: { code: ErrorCode, message: string, retryable: boolean } | null, warnings: Array<{ code: WarningCode, message: string, startMs: number | null, durationMs: number | null }>, mp3s: Array<{ id: string, filename: string, sizeBytes: number, durationMs: number, sampleCount: number, bitrateMode: BitrateMode, bitrateKbps: number, sha256: string, passthrough: boolean, downloadUrl: string, expiresAt: string, encoding: { path: EncodingPath, identicalToSingleEncoder: boolean }, chapter: { number: number, title: string | null } | null, loudness: { integratedLufs: number | null, truePeakDbtp: number | null } | null }> };

export const SessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]} as unknown as DocumentNode<SessionFieldsFragment, unknown>;
export const UploadFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UploadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Upload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"receivedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"container"}},{"kind":"Field","name":{"kind":"Name","value":"audioTracks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"codec"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"channels"}},{"kind":"Field","name":{"kind":"Name","value":"sampleRateHz"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chapters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"endMs"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mimeType"}},{"kind":"Field","name":{"kind":"Name","value":"widthPx"}},{"kind":"Field","name":{"kind":"Name","value":"heightPx"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]} as unknown as DocumentNode<UploadFieldsFragment, unknown>;
export const ConversionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ConversionFieldsFragment, unknown>;
export const MeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]} as unknown as DocumentNode<MeQuery, MeQueryVariables>;
export const SignUpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignUp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignUpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signUp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signedOut"}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const VerifyEmailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"VerifyEmail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"VerifyEmailInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verifyEmail"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}}]}}]}}]}}]} as unknown as DocumentNode<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const SessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"}}]}}]}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const EndSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EndSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ended"}}]}}]}}]} as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>;
export const EndAllSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndAllSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endAllSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ended"}}]}}]}}]} as unknown as DocumentNode<EndAllSessionsMutation, EndAllSessionsMutationVariables>;
export const RequestEmailVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestEmailVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestEmailVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}}]}}]}}]} as unknown as DocumentNode<RequestEmailVerificationMutation, RequestEmailVerificationMutationVariables>;
export const RequestPasswordResetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}}]}}]}}]} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetPassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResetPasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetPassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}}]}}]} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ChangePasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const DeleteAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}}]}}]} as unknown as DocumentNode<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const CreateUploadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateUpload"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUploadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createUpload"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UploadFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UploadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Upload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"receivedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"container"}},{"kind":"Field","name":{"kind":"Name","value":"audioTracks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"codec"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"channels"}},{"kind":"Field","name":{"kind":"Name","value":"sampleRateHz"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chapters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"endMs"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mimeType"}},{"kind":"Field","name":{"kind":"Name","value":"widthPx"}},{"kind":"Field","name":{"kind":"Name","value":"heightPx"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]} as unknown as DocumentNode<CreateUploadMutation, CreateUploadMutationVariables>;
export const UploadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Upload"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upload"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UploadFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UploadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Upload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"receivedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"container"}},{"kind":"Field","name":{"kind":"Name","value":"audioTracks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"codec"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"channels"}},{"kind":"Field","name":{"kind":"Name","value":"sampleRateHz"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chapters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"endMs"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mimeType"}},{"kind":"Field","name":{"kind":"Name","value":"widthPx"}},{"kind":"Field","name":{"kind":"Name","value":"heightPx"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]} as unknown as DocumentNode<UploadQuery, UploadQueryVariables>;
export const StartConversionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartConversion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartConversionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startConversion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<StartConversionMutation, StartConversionMutationVariables>;
export const CancelConversionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelConversion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelConversionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelConversion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<CancelConversionMutation, CancelConversionMutationVariables>;
export const RetryConversionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryConversion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RetryConversionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryConversion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<RetryConversionMutation, RetryConversionMutationVariables>;
export const ConversionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Conversion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ConversionQuery, ConversionQueryVariables>;
export const ConversionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Conversions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConversionStatus"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ConversionsQuery, ConversionsQueryVariables>;
export const ConversionUpdatedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConversionUpdated"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"afterSequence"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversionUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"afterSequence"},"value":{"kind":"Variable","name":{"kind":"Name","value":"afterSequence"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"conversion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConversionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConversionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"etaMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startMs"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp3s"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"sampleCount"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateMode"}},{"kind":"Field","name":{"kind":"Name","value":"bitrateKbps"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"identicalToSingleEncoder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passthrough"}},{"kind":"Field","name":{"kind":"Name","value":"chapter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"loudness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"integratedLufs"}},{"kind":"Field","name":{"kind":"Name","value":"truePeakDbtp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ConversionUpdatedSubscription, ConversionUpdatedSubscriptionVariables>;