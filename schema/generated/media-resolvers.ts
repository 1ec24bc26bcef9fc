import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Reference } from '../resolvers/reference.ts';
import type { UploadDocument } from '../documents/upload-document.ts';
import type { ConversionDocument } from '../documents/conversion-document.ts';
import type { ConversionUpdateSource } from '../resolvers/conversion-update.ts';
import type { Mp3Source } from '../resolvers/mp3-source.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in UTC, ISO 8601 with milliseconds, such as 2026-11-23T10:15:30.000Z. */
  DateTime: { input: string; output: Date; }
  /** A whole number from 0 to 2^53-1, for sizes, times and counts that GraphQL's 32-bit Int cannot hold. In JSON it is a number. */
  SafeInt: { input: number; output: number; }
  _FieldSet: { input: string; output: string; }
};

/** An audio track of a source file. */
export type AudioTrack = {
  __typename?: 'AudioTrack';
  /** The average bitrate in kbit/s; null if the file does not state it. */
  bitrateKbps?: Maybe<Scalars['Int']['output']>;
  /** The number of channels. */
  channels: Scalars['Int']['output'];
  /** The codec: ffmpeg's name, such as aac. */
  codec: Scalars['String']['output'];
  /** The index of the track among the audio tracks, from 0. */
  index: Scalars['Int']['output'];
  /** Whether the beginning of the track was decoded. Without audioTrack, a track that was not is passed over. */
  isDecodable: Scalars['Boolean']['output'];
  /** The ISO 639-2 code of the language; null if the file does not state it. */
  language?: Maybe<Scalars['String']['output']>;
  /** The sample rate in Hz. */
  sampleRateHz: Scalars['Int']['output'];
  /** The time from the start of the file to the first sample of the track, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
  /** The title; null if the file does not state it. */
  title?: Maybe<Scalars['String']['output']>;
};

/** The audio track that was asked for: by its index or by its language. */
export type AudioTrackChoice = {
  __typename?: 'AudioTrackChoice';
  /** The index of the track among the audio tracks, from 0; null if the track was asked for by language. */
  index?: Maybe<Scalars['Int']['output']>;
  /** The language of the track; null if the track was asked for by index. */
  language?: Maybe<Scalars['String']['output']>;
};

/** The audio track to convert: either its index or its language. */
export type AudioTrackInput = {
  /** The index of the track among the audio tracks, from 0. */
  index?: InputMaybe<Scalars['Int']['input']>;
  /** The language of the track, as an ISO 639 code of two or three letters. Of several in that language, one is chosen as if they were all there are. */
  language?: InputMaybe<Scalars['String']['input']>;
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
  id: Scalars['ID']['input'];
};

/** A chapter of a source file. Time 0 is the start of the file. */
export type Chapter = {
  __typename?: 'Chapter';
  /** The end of the chapter, in milliseconds. */
  endMs: Scalars['SafeInt']['output'];
  /** The start of the chapter, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
  /** The title; null if the chapter has none. */
  title?: Maybe<Scalars['String']['output']>;
};

/** A chapter. Time 0 is the start of the source file. */
export type ChapterInput = {
  /** The end of the chapter, in milliseconds. Unless given, it is the start of the next chapter, or the end of the file. */
  endMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /** The start of the chapter, in milliseconds. */
  startMs: Scalars['SafeInt']['input'];
  /** The title of the chapter, at most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** The chapters of an MP3. */
export type ChapterOptions = {
  __typename?: 'ChapterOptions';
  /** Where the chapters come from. */
  from: ChapterOrigin;
  /** The chapters that were given; empty unless from is GIVEN. */
  list: Array<GivenChapter>;
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

/** A conversion of one upload to MP3, and its result. */
export type Conversion = {
  __typename?: 'Conversion';
  /** The number of times a worker has started the conversion. */
  attempt: Scalars['Int']['output'];
  /** The audio track that is converted. */
  audioTrack: AudioTrack;
  /** The time at which the conversion was started by its owner. */
  createdAt: Scalars['DateTime']['output'];
  /** Every state change so far, in order. */
  events: Array<ConversionEvent>;
  /** The reason why the conversion is FAILED; null otherwise. */
  failure?: Maybe<Failure>;
  /** The file name of the source. */
  filename: Scalars['String']['output'];
  /** The time at which the conversion finished; null before. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id of the conversion. It never changes. */
  id: Scalars['ID']['output'];
  /** The e-mail that tells the owner how the conversion finished; null unless it is SUCCEEDED or FAILED. */
  mail?: Maybe<Mail>;
  /** The MP3, or one MP3 for each chapter, in the order of the chapters. Empty until the conversion is SUCCEEDED. */
  mp3s: Array<Mp3>;
  /** The output options: what was asked for, with every default filled in. */
  output: OutputOptions;
  /** The user who started the conversion. */
  owner: User;
  /** The progress of the running attempt; null if none is running or it has not reported progress yet. */
  progress?: Maybe<Progress>;
  /** The id of the conversion that this one retries; null if it retries none. */
  retryOf?: Maybe<Scalars['ID']['output']>;
  /** The sequence of the last state change. */
  sequence: Scalars['Int']['output'];
  /** The time at which a worker first started to convert; null before. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the conversion. */
  status: ConversionStatus;
  /** The upload that is converted; null once its record has been deleted. */
  upload?: Maybe<Upload>;
  /**
   * What is unusual about the source and the order and, once the conversion is SUCCEEDED, about its MP3s. The conversion is carried
   * out all the same. If a SUCCEEDED conversion has none, nothing was unusual.
   */
  warnings: Array<Warning>;
};

/** A page of conversions. */
export type ConversionConnection = {
  __typename?: 'ConversionConnection';
  /** The conversions of the page, each with its cursor. */
  edges: Array<ConversionEdge>;
  /** The position of the page in the list. */
  pageInfo: PageInfo;
};

/** A conversion on a page. */
export type ConversionEdge = {
  __typename?: 'ConversionEdge';
  /** The cursor of the conversion, for the argument after. */
  cursor: Scalars['String']['output'];
  /** The conversion. */
  node: Conversion;
};

/** One state change of a conversion. */
export type ConversionEvent = {
  __typename?: 'ConversionEvent';
  /** The time of the change. */
  at: Scalars['DateTime']['output'];
  /** The number of the state change: from 1, without gaps. */
  sequence: Scalars['Int']['output'];
  /** The state after the change. */
  status: ConversionStatus;
  /** What happened. */
  type: ConversionEventType;
};

/** What can happen to a conversion. */
export type ConversionEventType =
  /** The owner cancelled the conversion. */
  | 'CANCELLED'
  /** The owner deleted the conversion. */
  | 'DELETED'
  /** The conversion was ordered and waits for a worker. */
  | 'ENQUEUED'
  /** The conversion finished without an MP3. */
  | 'FAILED'
  /** The owner revoked every download link issued so far. */
  | 'LINKS_REVOKED'
  /** The worker put the conversion back into the queue, to be tried again. */
  | 'REQUEUED'
  /** A worker started to convert. */
  | 'STARTED'
  /** The conversion finished, and its MP3s can be downloaded. */
  | 'SUCCEEDED'
  /** The worker did not report for too long; the conversion was taken from it. */
  | 'WORKER_LOST';

/** The result of a mutation of a conversion. */
export type ConversionPayload = {
  __typename?: 'ConversionPayload';
  /** The conversion as it is now. */
  conversion: Conversion;
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

/** An update that a subscription delivers. */
export type ConversionUpdate = {
  __typename?: 'ConversionUpdate';
  /** The time of the update. */
  at: Scalars['DateTime']['output'];
  /** The conversion as it is now, which may be later than the update. */
  conversion: Conversion;
  /** The number of the last state change: from 1, without gaps. */
  sequence: Scalars['Int']['output'];
  /** The state of the conversion at the time of the update. */
  status: ConversionStatus;
  /** The kind of update. */
  type: ConversionUpdateType;
};

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
  uploadId?: InputMaybe<Scalars['ID']['input']>;
};

/** The cover of an MP3. */
export type CoverOptions = {
  __typename?: 'CoverOptions';
  /** Where the cover comes from. */
  from: CoverOrigin;
  /** The upload that is the cover; null unless from is UPLOAD. */
  uploadId?: Maybe<Scalars['ID']['output']>;
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
  coverFrameMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /**
   * The file name. It is stored without control characters, what turns the direction of text, and what parts folders: each
   * becomes an underscore; and cut to 255 bytes of UTF-8, extension kept.
   */
  filename: Scalars['String']['input'];
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
  /** What the upload is for. */
  purpose?: UploadPurpose;
  /** The SHA-256 of the file in hexadecimal, if it is known. The received bytes are checked against it. */
  sha256?: InputMaybe<Scalars['String']['input']>;
  /** The exact file size in bytes. */
  sizeBytes: Scalars['SafeInt']['input'];
};

/** The result of createUpload. */
export type CreateUploadPayload = {
  __typename?: 'CreateUploadPayload';
  /** The upload as it is now. */
  upload: Upload;
};

/** The conversion to delete. */
export type DeleteConversionInput = {
  /** The id of the conversion. */
  id: Scalars['ID']['input'];
};

/** The result of deleteConversion. */
export type DeleteConversionPayload = {
  __typename?: 'DeleteConversionPayload';
  /** The id of the deleted conversion. */
  deletedId: Scalars['ID']['output'];
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

/** Why an upload or a conversion failed. */
export type Failure = {
  __typename?: 'Failure';
  /** What is wrong, by the catalogue of error codes. */
  code: ErrorCode;
  /** A sentence for the user that says what is wrong and what to do. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed if it is repeated. */
  retryable: Scalars['Boolean']['output'];
};

/** A chapter that was given with the order. Time 0 is the start of the source file. */
export type GivenChapter = {
  __typename?: 'GivenChapter';
  /** The end of the chapter, in milliseconds. Null: the start of the next chapter, or the end of the file. */
  endMs?: Maybe<Scalars['SafeInt']['output']>;
  /** The start of the chapter, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
  /** The title of the chapter, if it has one. */
  title?: Maybe<Scalars['String']['output']>;
};

/**
 * A loudness target per ITU-R BS.1770. If the target cannot be reached without exceeding the true peak, the MP3 stays below the
 * target; Mp3.loudness says how loud it is.
 */
export type LoudnessInput = {
  /** The highest true peak that is allowed in dBTP, from -9 to 0. */
  maxTruePeakDbtp?: Scalars['Float']['input'];
  /** The integrated loudness in LUFS, from -40 to -5. */
  targetLufs?: Scalars['Float']['input'];
};

/** A loudness target per ITU-R BS.1770. */
export type LoudnessTarget = {
  __typename?: 'LoudnessTarget';
  /** The highest true peak that is allowed, in dBTP. */
  maxTruePeakDbtp: Scalars['Float']['output'];
  /** The integrated loudness, in LUFS. */
  targetLufs: Scalars['Float']['output'];
};

/** The e-mail that tells the owner how a conversion finished. */
export type Mail = {
  __typename?: 'Mail';
  /** What the mail server answered if it refused or returned the e-mail; what is known if it is UNCONFIRMED; null otherwise. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The time at which a mail server accepted the e-mail; null before. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the e-mail. */
  status: MailStatus;
};

/** The states of an e-mail. */
export type MailStatus =
  /** The e-mail is held until the owner verifies their address. */
  | 'AWAITING_VERIFICATION'
  /** The mail server accepted the e-mail, but it came back undelivered. */
  | 'BOUNCED'
  /** The e-mail is waiting to be sent, or is being sent. */
  | 'PENDING'
  /** The mail server refused the e-mail permanently. */
  | 'REFUSED'
  /** The mail server accepted the e-mail. */
  | 'SENT'
  /** The connection broke before the mail server answered. The e-mail may have been delivered, so it is not sent again by itself. */
  | 'UNCONFIRMED';

/** A finished MP3. */
export type Mp3 = {
  __typename?: 'Mp3';
  /** The average bitrate in kbit/s. */
  bitrateKbps: Scalars['Int']['output'];
  /** How the bitrate is controlled. */
  bitrateMode: BitrateMode;
  /** The number of channels. */
  channels: Scalars['Int']['output'];
  /** The chapter that the MP3 was made from; null unless the conversion was split by chapters. */
  chapter?: Maybe<Mp3Chapter>;
  /** A download link that needs no sign-in. It supports Range and ETag, and is valid for 15 minutes. */
  downloadUrl: Scalars['String']['output'];
  /** The duration in milliseconds. */
  durationMs: Scalars['SafeInt']['output'];
  /** How the MP3 was encoded. */
  encoding: Mp3Encoding;
  /** The time at which downloadUrl stops being valid. */
  expiresAt: Scalars['DateTime']['output'];
  /** The file name of the download. */
  filename: Scalars['String']['output'];
  /** The id of the MP3. It never changes. */
  id: Scalars['ID']['output'];
  /** The loudness measured on the finished MP3; null unless a loudness was asked for. */
  loudness?: Maybe<Mp3Loudness>;
  /** Whether the MP3 is the MP3 track of the source, passed through without encoding. */
  passthrough: Scalars['Boolean']['output'];
  /** The number of samples per channel, without encoder delay and padding. */
  sampleCount: Scalars['SafeInt']['output'];
  /** The sample rate in Hz. */
  sampleRateHz: Scalars['Int']['output'];
  /** The SHA-256 of the bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** The size in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
};

/** The chapter that an MP3 was made from. */
export type Mp3Chapter = {
  __typename?: 'Mp3Chapter';
  /** The number of the chapter, from 1. */
  number: Scalars['Int']['output'];
  /** The title; null if the chapter has none. */
  title?: Maybe<Scalars['String']['output']>;
};

/** How an MP3 was encoded. */
export type Mp3Encoding = {
  __typename?: 'Mp3Encoding';
  /** Whether the bytes are proven to be identical to what a single encoder process writes. */
  identicalToSingleEncoder: Scalars['Boolean']['output'];
  /** The way in which it was encoded. */
  path: EncodingPath;
};

/** The measured loudness of an MP3, per ITU-R BS.1770. */
export type Mp3Loudness = {
  __typename?: 'Mp3Loudness';
  /** The integrated loudness in LUFS; null for silence, which has none. */
  integratedLufs?: Maybe<Scalars['Float']['output']>;
  /** The highest true peak in dBTP; null for silence. */
  truePeakDbtp?: Maybe<Scalars['Float']['output']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Stops a conversion that is QUEUED or RUNNING. A finished conversion answers ALREADY_FINISHED. */
  cancelConversion: ConversionPayload;
  /**
   * Announces a file and returns the tus URL to send its bytes to. Repeated with the same idempotency key and input, it returns
   * the same upload; with other input it answers IDEMPOTENCY_KEY_REUSED.
   */
  createUpload: CreateUploadPayload;
  /** Deletes a conversion and its MP3s for good. A conversion that is not finished is cancelled first. */
  deleteConversion: DeleteConversionPayload;
  /**
   * Sends the e-mail about a conversion again if it is REFUSED, BOUNCED or UNCONFIRMED; otherwise it answers
   * MAIL_NOT_RESENDABLE. The e-mail becomes PENDING shortly after. Calls that are repeated before the next failure send it
   * only once.
   */
  resendMail: ConversionPayload;
  /**
   * Starts a new conversion with the source and options of a FAILED or CANCELLED one. Any other conversion answers
   * NOT_RETRYABLE. Once the source has been removed, it answers SOURCE_EXPIRED.
   */
  retryConversion: ConversionPayload;
  /**
   * Revokes every download link of a conversion that was issued so far, e-mailed links included. Where no link was issued since
   * the last time, it changes nothing. After 50 times it answers QUOTA_EXCEEDED; deleting the conversion ends its links, too.
   */
  revokeDownloadLinks: ConversionPayload;
  /**
   * Converts a READY upload to MP3. Repeated with the same idempotency key and input, it returns the same conversion for as
   * long as that exists; with other input it answers IDEMPOTENCY_KEY_REUSED. Options that the upload does not allow are refused
   * with OUTPUT_NOT_POSSIBLE.
   */
  startConversion: ConversionPayload;
};


export type MutationCancelConversionArgs = {
  input: CancelConversionInput;
};


export type MutationCreateUploadArgs = {
  input: CreateUploadInput;
};


export type MutationDeleteConversionArgs = {
  input: DeleteConversionInput;
};


export type MutationResendMailArgs = {
  input: ResendMailInput;
};


export type MutationRetryConversionArgs = {
  input: RetryConversionInput;
};


export type MutationRevokeDownloadLinksArgs = {
  input: RevokeDownloadLinksInput;
};


export type MutationStartConversionArgs = {
  input: StartConversionInput;
};

/**
 * The output options of a conversion, named as in OutputOptionsInput: what was asked for, with every default filled in. A
 * bitrate that was not possible at the MP3's sample rate is the highest possible one.
 */
export type OutputOptions = {
  __typename?: 'OutputOptions';
  /**
   * The audio track that was asked for. Null: the one that players begin with. Conversion.audioTrack is the track that is
   * converted.
   */
  audioTrack?: Maybe<AudioTrackChoice>;
  /** The bitrate in kbit/s; null for VBR. */
  bitrateKbps?: Maybe<Scalars['Int']['output']>;
  /** How the bitrate is controlled. */
  bitrateMode: BitrateMode;
  /** The number of channels, 1 or 2. Null: a mono track stays mono, any other becomes stereo. */
  channels?: Maybe<Scalars['Int']['output']>;
  /** The chapters the MP3 gets, or is split by. */
  chapters: ChapterOptions;
  /** The cover the MP3 gets. */
  cover: CoverOptions;
  /** LAME's encoder quality, from 0 (best) to 9 (fastest). Null: LAME's own default. */
  encoderQuality?: Maybe<Scalars['Int']['output']>;
  /** The length of the fade-in, in milliseconds; 0 for none. */
  fadeInMs: Scalars['SafeInt']['output'];
  /** The length of the fade-out, in milliseconds; 0 for none. */
  fadeOutMs: Scalars['SafeInt']['output'];
  /** The loudness the audio is normalised to. Null: the loudness is not changed. */
  loudness?: Maybe<LoudnessTarget>;
  /**
   * Whether an MP3 track may be passed through, not encoded again. True if no option was given but tags, cover, chapters and
   * audioTrack, which leave the audio as it is. `Mp3.passthrough` says whether it was.
   */
  passthrough: Scalars['Boolean']['output'];
  /** The sample rate in Hz. Null: the source's, or the next higher one that MP3 has. */
  sampleRateHz?: Maybe<Scalars['Int']['output']>;
  /** Whether each chapter becomes an MP3 of its own. */
  splitByChapters: Scalars['Boolean']['output'];
  /** The tags the MP3 gets. */
  tags: TagOptions;
  /** The part of the track that is kept. Null: the whole track. */
  trim?: Maybe<Trim>;
  /** LAME's VBR quality, from 0 (best) to 9 (smallest file); null for CBR and ABR. */
  vbrQuality?: Maybe<Scalars['Int']['output']>;
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
  audioTrack?: InputMaybe<AudioTrackInput>;
  /**
   * For CBR and ABR: the bitrate in kbit/s; 192 unless given. CBR takes 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256
   * or 320; ABR takes any whole number from 8 to 320. An MP3 has at most 160 kbit/s below 32 kHz and 64 kbit/s below 16 kHz: a
   * higher bitrate is refused if sampleRateHz is given, and lowered otherwise.
   */
  bitrateKbps?: InputMaybe<Scalars['Int']['input']>;
  /** How the bitrate is controlled. */
  bitrateMode?: BitrateMode;
  /** The number of channels, 1 or 2. Unless given, a mono track stays mono, and any other becomes stereo. */
  channels?: InputMaybe<Scalars['Int']['input']>;
  /** The chapters that the MP3 gets, or is split by. */
  chapters?: ChaptersInput;
  /** The cover that the MP3 gets. */
  cover?: CoverInput;
  /** LAME's encoder quality, from 0 (best) to 9 (fastest). Unless given, it is LAME's own choice. */
  encoderQuality?: InputMaybe<Scalars['Int']['input']>;
  /** The length of the fade-in, in milliseconds; 0 for none. */
  fadeInMs?: Scalars['SafeInt']['input'];
  /** The length of the fade-out, in milliseconds; 0 for none. */
  fadeOutMs?: Scalars['SafeInt']['input'];
  /** The loudness to normalise the audio to. Unless given, the loudness is not changed. */
  loudness?: InputMaybe<LoudnessInput>;
  /**
   * The sample rate in Hz: 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000. Unless given, it is the source's, or
   * the next higher one that MP3 has.
   */
  sampleRateHz?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Makes one MP3 of each chapter. Fades and loudness apply to each MP3; trim cannot be given. A chapter ends at the latest
   * where the next one starts. A chapter of the source that has no audio is left out; one that was given is refused.
   */
  splitByChapters?: Scalars['Boolean']['input'];
  /** The tags that the MP3 gets. */
  tags?: TagsInput;
  /** The part of the track to keep, exact to the sample. Unless given, it is the whole track. */
  trim?: InputMaybe<TrimInput>;
  /** For VBR: LAME's VBR quality, from 0 (best) to 9 (smallest file); 2 unless given. */
  vbrQuality?: InputMaybe<Scalars['Int']['input']>;
};

/** The position of a page in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last entry, for the argument after; null if the page is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list has entries after the page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has entries before the page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first entry; null if the page is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A picture. */
export type Picture = {
  __typename?: 'Picture';
  /** What it was before it became a JPEG that MP3 players show, such as `a WebP`; null if it is as it came. */
  convertedFrom?: Maybe<Scalars['String']['output']>;
  /** The height in pixels. */
  heightPx: Scalars['Int']['output'];
  /** The media type: image/jpeg or image/png. */
  mimeType: Scalars['String']['output'];
  /** What it shows, by the picture types of ID3v2 and FLAC: 3 is the front cover, 4 the back, 0 anything else. */
  type: Scalars['Int']['output'];
  /** The width in pixels. */
  widthPx: Scalars['Int']['output'];
};

/** The progress of a running attempt. */
export type Progress = {
  __typename?: 'Progress';
  /** The estimated time until the attempt is done, in milliseconds; null if there is no estimate. */
  etaMs?: Maybe<Scalars['SafeInt']['output']>;
  /** The share of the work that is done, from 0 to 100. */
  percent: Scalars['Float']['output'];
  /** How many seconds of audio are converted per second. */
  speed: Scalars['Float']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Returns one of your conversions. An id that is unknown or belongs to another user answers null, with the error NOT_FOUND. */
  conversion?: Maybe<Conversion>;
  /** Returns one of your uploads. An id that is unknown or belongs to another user answers null, with the error NOT_FOUND. */
  upload?: Maybe<Upload>;
};


export type QueryConversionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUploadArgs = {
  id: Scalars['ID']['input'];
};

/** The e-mail to send again. */
export type ResendMailInput = {
  /** The id of the conversion that the e-mail is about. */
  conversionId: Scalars['ID']['input'];
};

/** The conversion to retry. */
export type RetryConversionInput = {
  /** The id of a FAILED or CANCELLED conversion. */
  id: Scalars['ID']['input'];
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
};

/** The conversion whose download links to revoke. */
export type RevokeDownloadLinksInput = {
  /** The id of the conversion. */
  id: Scalars['ID']['input'];
};

/** What a source file contains, as far as it matters for an MP3. */
export type SourceMedia = {
  __typename?: 'SourceMedia';
  /** The audio tracks, in the order of the file. */
  audioTracks: Array<AudioTrack>;
  /** The chapters, in time order. */
  chapters: Array<Chapter>;
  /** The container format: ffmpeg's name of its demuxer, such as mov,mp4,m4a,3gp,3g2,mj2. */
  container: Scalars['String']['output'];
  /** The duration of the file, in milliseconds. */
  durationMs: Scalars['SafeInt']['output'];
  /** The picture attached to the file, such as an album cover; null if there is none. */
  picture?: Maybe<Picture>;
  /** The tags, such as title and artist. */
  tags: Array<Tag>;
  /**
   * What is unusual about the file, such as a gap in its audio. A conversion has those of its audio track, and those that are not
   * about a single track.
   */
  warnings: Array<Warning>;
};

/** What to convert, and how. */
export type StartConversionInput = {
  /** A name for this request that the client chooses, 1 to 128 characters, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
  /** The output options. */
  output?: OutputOptionsInput;
  /** The id of a READY upload whose purpose is SOURCE. */
  uploadId: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Delivers every state change of a conversion, in order and without gaps, and its newest progress; older progress may be
   * skipped. Without afterSequence, the first update is a SNAPSHOT of the current state. With afterSequence, delivery resumes
   * after that state change. The subscription ends after the update that says how the conversion finished.
   */
  conversionUpdated: ConversionUpdate;
};


export type SubscriptionConversionUpdatedArgs = {
  afterSequence?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

/** A tag: a named text in a file. */
export type Tag = {
  __typename?: 'Tag';
  /** The name of the tag, in lower case, such as title. */
  key: Scalars['String']['output'];
  /** The text of the tag. */
  value: Scalars['String']['output'];
};

/** A tag to set, such as title, artist, album, album_artist, composer, date, genre, track, disc, comment or copyright. */
export type TagInput = {
  /** The name of the tag, 1 to 100 characters. It is taken in lower case. */
  key: Scalars['String']['input'];
  /** The text of the tag, at most 2,000 characters. Empty: the tag is left out. */
  value: Scalars['String']['input'];
};

/** The tags of an MP3. */
export type TagOptions = {
  __typename?: 'TagOptions';
  /** Whether the tags of the source are kept. */
  keep: Scalars['Boolean']['output'];
  /** The tags that are set. They replace tags of the source with the same key; a tag with an empty value is left out. */
  set: Array<Tag>;
};

/** The tags that an MP3 gets. */
export type TagsInput = {
  /** Whether the tags of the source are kept. */
  keep?: Scalars['Boolean']['input'];
  /** The tags to set, at most 100. They replace tags of the source with the same key; a tag with an empty value is left out. */
  set?: Array<TagInput>;
};

/** A part of an audio track, exact to the sample. Time 0 is the first sample of the track. */
export type Trim = {
  __typename?: 'Trim';
  /** The end of the part, in milliseconds. Null: the end of the track. */
  endMs?: Maybe<Scalars['SafeInt']['output']>;
  /** The start of the part, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
};

/** The part of the audio track to keep. Time 0 is the first sample of the track. */
export type TrimInput = {
  /** The end of the part, in milliseconds; the end of the track unless given. */
  endMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /** The start of the part, in milliseconds. */
  startMs?: Scalars['SafeInt']['input'];
};

/** A file that is being uploaded or has been uploaded. */
export type Upload = {
  __typename?: 'Upload';
  /** The time at which the upload was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The time at which the upload is removed, unless a conversion needs it. */
  expiresAt: Scalars['DateTime']['output'];
  /** The reason why the upload is REJECTED; null otherwise. */
  failure?: Maybe<Failure>;
  /** The file name that the client declared. */
  filename: Scalars['String']['output'];
  /** The id of the upload. It never changes. */
  id: Scalars['ID']['output'];
  /** What the file contains. Null until the upload is READY, and for a COVER upload. */
  media?: Maybe<SourceMedia>;
  /**
   * The cover for MP3s made from the upload: the frame that was asked for, or the picture attached to the file. For a COVER
   * upload: the picture itself. Null if there is none, or if the upload is not READY.
   */
  picture?: Maybe<Picture>;
  /** What the upload is for. */
  purpose: UploadPurpose;
  /** The number of bytes received so far. */
  receivedBytes: Scalars['SafeInt']['output'];
  /** The file size that the client declared, in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
  /** The state of the upload. */
  status: UploadStatus;
  /**
   * The number of bytes that are stored. It is much smaller than sizeBytes if only the audio of a video is stored. Null until
   * the upload is READY.
   */
  storedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The tus 1.0 URL to send the bytes to. It contains a secret and needs no other authorisation. Null once all bytes are received. */
  url?: Maybe<Scalars['String']['output']>;
  /** What was declared of the bytes and found to be true. */
  verifiedBy: Array<UploadVerification>;
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

/** What is declared of the bytes before they are sent, and found to be true afterwards. */
export type UploadVerification =
  /** The bytes have the SHA-256 that was declared. */
  | 'SHA256'
  /** The bytes are as many as were declared. */
  | 'SIZE';

/** What a user may use, and has used. What would pass a limit answers QUOTA_EXCEEDED, whose extensions name the limit. */
export type Usage = {
  __typename?: 'Usage';
  /** Each limit, with what is used of it. */
  limits: Array<UsageLimit>;
};

/** A limit of use. */
export type UsageLimit = {
  __typename?: 'UsageLimit';
  /** The most that may be used. */
  allowed: Scalars['SafeInt']['output'];
  /** Which limit it is, and the unit of its numbers. */
  name: UsageLimitName;
  /** The time at which the count begins anew; null for a limit of what is unfinished, which falls as things finish. */
  until?: Maybe<Scalars['DateTime']['output']>;
  /** How much is used. */
  used: Scalars['SafeInt']['output'];
};

/** The limits of use. */
export type UsageLimitName =
  /**
   * The audio of the conversions that were ordered today, in milliseconds, once for each time it is read: a loudness adds two
   * readings, a fade-out one.
   */
  | 'AUDIO_MS_A_DAY'
  /** The number of conversions that wait or run. */
  | 'CONVERSIONS_UNFINISHED'
  /** About how many bytes the MP3s have that were ordered today. */
  | 'STORED_BYTES_A_DAY'
  /** Until the e-mail address is verified: as AUDIO_MS_A_DAY, of everybody at the same internet address who has verified none. */
  | 'TRIAL_AUDIO_MS_A_DAY'
  /** Until the e-mail address is verified: as UPLOADED_BYTES_A_DAY, of everybody at the same internet address who has verified none. */
  | 'TRIAL_UPLOADED_BYTES_A_DAY'
  /** The bytes of the uploads that were announced today. */
  | 'UPLOADED_BYTES_A_DAY'
  /** The number of uploads that are announced and not validated yet. */
  | 'UPLOADS_UNDER_WAY'
  /** The bytes of uploads that are announced and not validated yet. */
  | 'UPLOAD_BYTES_UNDER_WAY';

/** A user of the service, with their conversions. */
export type User = {
  __typename?: 'User';
  /** The conversions of the user, newest first. Null, with an error, unless the access token is the user's own. */
  conversions?: Maybe<ConversionConnection>;
  /** The id of the user. It never changes. */
  id: Scalars['ID']['output'];
  /** What the user may use, and has used. Null, with an error, unless the access token is the user's own. */
  usage?: Maybe<Usage>;
};


/** A user of the service, with their conversions. */
export type UserConversionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  status?: InputMaybe<Array<ConversionStatus>>;
};

/** Something unusual about a source file, an order, or an MP3. */
export type Warning = {
  __typename?: 'Warning';
  /** The index of the audio track that it is about; null if it is not about a single track. */
  audioTrack?: Maybe<Scalars['Int']['output']>;
  /** The kind of warning. */
  code: WarningCode;
  /** How long it lasts, in milliseconds; null if it has no length. */
  durationMs?: Maybe<Scalars['SafeInt']['output']>;
  /** A sentence for the user, with the place and the length if there are any. */
  message: Scalars['String']['output'];
  /** Where it begins in the source file, in milliseconds; null if it has no place. */
  startMs?: Maybe<Scalars['SafeInt']['output']>;
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



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Conversion: Conversion;
  Upload: Upload;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Conversion:
    ( { __typename: 'Conversion' }
    & GraphQLRecursivePick<FederationTypes['Conversion'], {"id":true}> );
  Upload:
    ( { __typename: 'Upload' }
    & GraphQLRecursivePick<FederationTypes['Upload'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AudioTrack: ResolverTypeWrapper<AudioTrack>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AudioTrackChoice: ResolverTypeWrapper<AudioTrackChoice>;
  AudioTrackInput: AudioTrackInput;
  BitrateMode: BitrateMode;
  CancelConversionInput: CancelConversionInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Chapter: ResolverTypeWrapper<Chapter>;
  ChapterInput: ChapterInput;
  ChapterOptions: ResolverTypeWrapper<ChapterOptions>;
  ChapterOrigin: ChapterOrigin;
  ChaptersInput: ChaptersInput;
  Conversion: ResolverTypeWrapper<ConversionDocument>;
  ConversionConnection: ResolverTypeWrapper<Omit<ConversionConnection, 'edges'> & { edges: Array<ResolversTypes['ConversionEdge']> }>;
  ConversionEdge: ResolverTypeWrapper<Omit<ConversionEdge, 'node'> & { node: ResolversTypes['Conversion'] }>;
  ConversionEvent: ResolverTypeWrapper<ConversionEvent>;
  ConversionEventType: ConversionEventType;
  ConversionPayload: ResolverTypeWrapper<Omit<ConversionPayload, 'conversion'> & { conversion: ResolversTypes['Conversion'] }>;
  ConversionStatus: ConversionStatus;
  ConversionUpdate: ResolverTypeWrapper<ConversionUpdateSource>;
  ConversionUpdateType: ConversionUpdateType;
  CoverInput: CoverInput;
  CoverOptions: ResolverTypeWrapper<CoverOptions>;
  CoverOrigin: CoverOrigin;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: ResolverTypeWrapper<Omit<CreateUploadPayload, 'upload'> & { upload: ResolversTypes['Upload'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: ResolverTypeWrapper<DeleteConversionPayload>;
  EncodingPath: EncodingPath;
  ErrorCode: ErrorCode;
  Failure: ResolverTypeWrapper<Failure>;
  GivenChapter: ResolverTypeWrapper<GivenChapter>;
  LoudnessInput: LoudnessInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  LoudnessTarget: ResolverTypeWrapper<LoudnessTarget>;
  Mail: ResolverTypeWrapper<Mail>;
  MailStatus: MailStatus;
  Mp3: ResolverTypeWrapper<Mp3Source>;
  Mp3Chapter: ResolverTypeWrapper<Mp3Chapter>;
  Mp3Encoding: ResolverTypeWrapper<Mp3Encoding>;
  Mp3Loudness: ResolverTypeWrapper<Mp3Loudness>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OutputOptions: ResolverTypeWrapper<OutputOptions>;
  OutputOptionsInput: OutputOptionsInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Picture: ResolverTypeWrapper<Picture>;
  Progress: ResolverTypeWrapper<Progress>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ResendMailInput: ResendMailInput;
  RetryConversionInput: RetryConversionInput;
  RevokeDownloadLinksInput: RevokeDownloadLinksInput;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SourceMedia: ResolverTypeWrapper<SourceMedia>;
  StartConversionInput: StartConversionInput;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tag: ResolverTypeWrapper<Tag>;
  TagInput: TagInput;
  TagOptions: ResolverTypeWrapper<TagOptions>;
  TagsInput: TagsInput;
  Trim: ResolverTypeWrapper<Trim>;
  TrimInput: TrimInput;
  Upload: ResolverTypeWrapper<UploadDocument>;
  UploadPurpose: UploadPurpose;
  UploadStatus: UploadStatus;
  UploadVerification: UploadVerification;
  Usage: ResolverTypeWrapper<Usage>;
  UsageLimit: ResolverTypeWrapper<UsageLimit>;
  UsageLimitName: UsageLimitName;
  User: ResolverTypeWrapper<Reference>;
  Warning: ResolverTypeWrapper<Warning>;
  WarningCode: WarningCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AudioTrack: AudioTrack;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  AudioTrackChoice: AudioTrackChoice;
  AudioTrackInput: AudioTrackInput;
  CancelConversionInput: CancelConversionInput;
  ID: Scalars['ID']['output'];
  Chapter: Chapter;
  ChapterInput: ChapterInput;
  ChapterOptions: ChapterOptions;
  ChaptersInput: ChaptersInput;
  Conversion: ConversionDocument;
  ConversionConnection: Omit<ConversionConnection, 'edges'> & { edges: Array<ResolversParentTypes['ConversionEdge']> };
  ConversionEdge: Omit<ConversionEdge, 'node'> & { node: ResolversParentTypes['Conversion'] };
  ConversionEvent: ConversionEvent;
  ConversionPayload: Omit<ConversionPayload, 'conversion'> & { conversion: ResolversParentTypes['Conversion'] };
  ConversionUpdate: ConversionUpdateSource;
  CoverInput: CoverInput;
  CoverOptions: CoverOptions;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: Omit<CreateUploadPayload, 'upload'> & { upload: ResolversParentTypes['Upload'] };
  DateTime: Scalars['DateTime']['output'];
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: DeleteConversionPayload;
  Failure: Failure;
  GivenChapter: GivenChapter;
  LoudnessInput: LoudnessInput;
  Float: Scalars['Float']['output'];
  LoudnessTarget: LoudnessTarget;
  Mail: Mail;
  Mp3: Mp3Source;
  Mp3Chapter: Mp3Chapter;
  Mp3Encoding: Mp3Encoding;
  Mp3Loudness: Mp3Loudness;
  Mutation: Record<PropertyKey, never>;
  OutputOptions: OutputOptions;
  OutputOptionsInput: OutputOptionsInput;
  PageInfo: PageInfo;
  Picture: Picture;
  Progress: Progress;
  Query: Record<PropertyKey, never>;
  ResendMailInput: ResendMailInput;
  RetryConversionInput: RetryConversionInput;
  RevokeDownloadLinksInput: RevokeDownloadLinksInput;
  SafeInt: Scalars['SafeInt']['output'];
  SourceMedia: SourceMedia;
  StartConversionInput: StartConversionInput;
  Subscription: Record<PropertyKey, never>;
  Tag: Tag;
  TagInput: TagInput;
  TagOptions: TagOptions;
  TagsInput: TagsInput;
  Trim: Trim;
  TrimInput: TrimInput;
  Upload: UploadDocument;
  Usage: Usage;
  UsageLimit: UsageLimit;
  User: Reference;
  Warning: Warning;
};

export type AudioTrackResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AudioTrack'] = ResolversParentTypes['AudioTrack']> = {
  bitrateKbps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  channels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  codec?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isDecodable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sampleRateHz?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AudioTrackChoiceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AudioTrackChoice'] = ResolversParentTypes['AudioTrackChoice']> = {
  index?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChapterResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Chapter'] = ResolversParentTypes['Chapter']> = {
  endMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChapterOptionsResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChapterOptions'] = ResolversParentTypes['ChapterOptions']> = {
  from?: Resolver<ResolversTypes['ChapterOrigin'], ParentType, ContextType>;
  list?: Resolver<Array<ResolversTypes['GivenChapter']>, ParentType, ContextType>;
};

export type ConversionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Conversion'] = ResolversParentTypes['Conversion'], FederationReferenceType extends FederationReferenceTypes['Conversion'] = FederationReferenceTypes['Conversion']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Conversion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  audioTrack?: Resolver<ResolversTypes['AudioTrack'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['ConversionEvent']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['Failure']>, ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mail?: Resolver<Maybe<ResolversTypes['Mail']>, ParentType, ContextType>;
  mp3s?: Resolver<Array<ResolversTypes['Mp3']>, ParentType, ContextType>;
  output?: Resolver<ResolversTypes['OutputOptions'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Progress']>, ParentType, ContextType>;
  retryOf?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversionStatus'], ParentType, ContextType>;
  upload?: Resolver<Maybe<ResolversTypes['Upload']>, ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['Warning']>, ParentType, ContextType>;
};

export type ConversionConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionConnection'] = ResolversParentTypes['ConversionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConversionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConversionEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionEdge'] = ResolversParentTypes['ConversionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversion'], ParentType, ContextType>;
};

export type ConversionEventResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionEvent'] = ResolversParentTypes['ConversionEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversionStatus'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ConversionEventType'], ParentType, ContextType>;
};

export type ConversionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionPayload'] = ResolversParentTypes['ConversionPayload']> = {
  conversion?: Resolver<ResolversTypes['Conversion'], ParentType, ContextType>;
};

export type ConversionUpdateResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionUpdate'] = ResolversParentTypes['ConversionUpdate']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  conversion?: Resolver<ResolversTypes['Conversion'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversionStatus'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ConversionUpdateType'], ParentType, ContextType>;
};

export type CoverOptionsResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CoverOptions'] = ResolversParentTypes['CoverOptions']> = {
  from?: Resolver<ResolversTypes['CoverOrigin'], ParentType, ContextType>;
  uploadId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type CreateUploadPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateUploadPayload'] = ResolversParentTypes['CreateUploadPayload']> = {
  upload?: Resolver<ResolversTypes['Upload'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteConversionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteConversionPayload'] = ResolversParentTypes['DeleteConversionPayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type FailureResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type GivenChapterResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['GivenChapter'] = ResolversParentTypes['GivenChapter']> = {
  endMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LoudnessTargetResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['LoudnessTarget'] = ResolversParentTypes['LoudnessTarget']> = {
  maxTruePeakDbtp?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  targetLufs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MailResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mail'] = ResolversParentTypes['Mail']> = {
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MailStatus'], ParentType, ContextType>;
};

export type Mp3Resolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3'] = ResolversParentTypes['Mp3']> = {
  bitrateKbps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bitrateMode?: Resolver<ResolversTypes['BitrateMode'], ParentType, ContextType>;
  channels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  chapter?: Resolver<Maybe<ResolversTypes['Mp3Chapter']>, ParentType, ContextType>;
  downloadUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  encoding?: Resolver<ResolversTypes['Mp3Encoding'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  loudness?: Resolver<Maybe<ResolversTypes['Mp3Loudness']>, ParentType, ContextType>;
  passthrough?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sampleCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sampleRateHz?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type Mp3ChapterResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3Chapter'] = ResolversParentTypes['Mp3Chapter']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Mp3EncodingResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3Encoding'] = ResolversParentTypes['Mp3Encoding']> = {
  identicalToSingleEncoder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['EncodingPath'], ParentType, ContextType>;
};

export type Mp3LoudnessResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3Loudness'] = ResolversParentTypes['Mp3Loudness']> = {
  integratedLufs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  truePeakDbtp?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelConversion?: Resolver<ResolversTypes['ConversionPayload'], ParentType, ContextType, RequireFields<MutationCancelConversionArgs, 'input'>>;
  createUpload?: Resolver<ResolversTypes['CreateUploadPayload'], ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'input'>>;
  deleteConversion?: Resolver<ResolversTypes['DeleteConversionPayload'], ParentType, ContextType, RequireFields<MutationDeleteConversionArgs, 'input'>>;
  resendMail?: Resolver<ResolversTypes['ConversionPayload'], ParentType, ContextType, RequireFields<MutationResendMailArgs, 'input'>>;
  retryConversion?: Resolver<ResolversTypes['ConversionPayload'], ParentType, ContextType, RequireFields<MutationRetryConversionArgs, 'input'>>;
  revokeDownloadLinks?: Resolver<ResolversTypes['ConversionPayload'], ParentType, ContextType, RequireFields<MutationRevokeDownloadLinksArgs, 'input'>>;
  startConversion?: Resolver<ResolversTypes['ConversionPayload'], ParentType, ContextType, RequireFields<MutationStartConversionArgs, 'input'>>;
};

export type OutputOptionsResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OutputOptions'] = ResolversParentTypes['OutputOptions']> = {
  audioTrack?: Resolver<Maybe<ResolversTypes['AudioTrackChoice']>, ParentType, ContextType>;
  bitrateKbps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  bitrateMode?: Resolver<ResolversTypes['BitrateMode'], ParentType, ContextType>;
  channels?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  chapters?: Resolver<ResolversTypes['ChapterOptions'], ParentType, ContextType>;
  cover?: Resolver<ResolversTypes['CoverOptions'], ParentType, ContextType>;
  encoderQuality?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  fadeInMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  fadeOutMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  loudness?: Resolver<Maybe<ResolversTypes['LoudnessTarget']>, ParentType, ContextType>;
  passthrough?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sampleRateHz?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  splitByChapters?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  tags?: Resolver<ResolversTypes['TagOptions'], ParentType, ContextType>;
  trim?: Resolver<Maybe<ResolversTypes['Trim']>, ParentType, ContextType>;
  vbrQuality?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PictureResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Picture'] = ResolversParentTypes['Picture']> = {
  convertedFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  heightPx?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  widthPx?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProgressResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Progress'] = ResolversParentTypes['Progress']> = {
  etaMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  speed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  conversion?: Resolver<Maybe<ResolversTypes['Conversion']>, ParentType, ContextType, RequireFields<QueryConversionArgs, 'id'>>;
  upload?: Resolver<Maybe<ResolversTypes['Upload']>, ParentType, ContextType, RequireFields<QueryUploadArgs, 'id'>>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SourceMediaResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SourceMedia'] = ResolversParentTypes['SourceMedia']> = {
  audioTracks?: Resolver<Array<ResolversTypes['AudioTrack']>, ParentType, ContextType>;
  chapters?: Resolver<Array<ResolversTypes['Chapter']>, ParentType, ContextType>;
  container?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  picture?: Resolver<Maybe<ResolversTypes['Picture']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['Tag']>, ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['Warning']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  conversionUpdated?: SubscriptionResolver<ResolversTypes['ConversionUpdate'], "conversionUpdated", ParentType, ContextType, RequireFields<SubscriptionConversionUpdatedArgs, 'id'>>;
};

export type TagResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TagOptionsResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TagOptions'] = ResolversParentTypes['TagOptions']> = {
  keep?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  set?: Resolver<Array<ResolversTypes['Tag']>, ParentType, ContextType>;
};

export type TrimResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Trim'] = ResolversParentTypes['Trim']> = {
  endMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload'], FederationReferenceType extends FederationReferenceTypes['Upload'] = FederationReferenceTypes['Upload']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Upload']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['Failure']>, ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  media?: Resolver<Maybe<ResolversTypes['SourceMedia']>, ParentType, ContextType>;
  picture?: Resolver<Maybe<ResolversTypes['Picture']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['UploadPurpose'], ParentType, ContextType>;
  receivedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['UploadStatus'], ParentType, ContextType>;
  storedBytes?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verifiedBy?: Resolver<Array<ResolversTypes['UploadVerification']>, ParentType, ContextType>;
};

export type UsageResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage']> = {
  limits?: Resolver<Array<ResolversTypes['UsageLimit']>, ParentType, ContextType>;
};

export type UsageLimitResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UsageLimit'] = ResolversParentTypes['UsageLimit']> = {
  allowed?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['UsageLimitName'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  used?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  conversions?: Resolver<Maybe<ResolversTypes['ConversionConnection']>, ParentType, ContextType, RequireFields<UserConversionsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['Usage']>, ParentType, ContextType>;
};

export type WarningResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Warning'] = ResolversParentTypes['Warning']> = {
  audioTrack?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['WarningCode'], ParentType, ContextType>;
  durationMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  AudioTrack?: AudioTrackResolvers<ContextType>;
  AudioTrackChoice?: AudioTrackChoiceResolvers<ContextType>;
  Chapter?: ChapterResolvers<ContextType>;
  ChapterOptions?: ChapterOptionsResolvers<ContextType>;
  Conversion?: ConversionResolvers<ContextType>;
  ConversionConnection?: ConversionConnectionResolvers<ContextType>;
  ConversionEdge?: ConversionEdgeResolvers<ContextType>;
  ConversionEvent?: ConversionEventResolvers<ContextType>;
  ConversionPayload?: ConversionPayloadResolvers<ContextType>;
  ConversionUpdate?: ConversionUpdateResolvers<ContextType>;
  CoverOptions?: CoverOptionsResolvers<ContextType>;
  CreateUploadPayload?: CreateUploadPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteConversionPayload?: DeleteConversionPayloadResolvers<ContextType>;
  Failure?: FailureResolvers<ContextType>;
  GivenChapter?: GivenChapterResolvers<ContextType>;
  LoudnessTarget?: LoudnessTargetResolvers<ContextType>;
  Mail?: MailResolvers<ContextType>;
  Mp3?: Mp3Resolvers<ContextType>;
  Mp3Chapter?: Mp3ChapterResolvers<ContextType>;
  Mp3Encoding?: Mp3EncodingResolvers<ContextType>;
  Mp3Loudness?: Mp3LoudnessResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OutputOptions?: OutputOptionsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Picture?: PictureResolvers<ContextType>;
  Progress?: ProgressResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SourceMedia?: SourceMediaResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  TagOptions?: TagOptionsResolvers<ContextType>;
  Trim?: TrimResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  Usage?: UsageResolvers<ContextType>;
  UsageLimit?: UsageLimitResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Warning?: WarningResolvers<ContextType>;
};

