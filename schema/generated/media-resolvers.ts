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
  /** A whole number from 0 to 2^53-1: sizes, byte and sample counts, for which GraphQL's Int ends at 2 GB. */
  SafeInt: { input: number; output: number; }
  _FieldSet: { input: string; output: string; }
};

/** One audio track of a source. */
export type AudioTrack = {
  __typename?: 'AudioTrack';
  /** Average bitrate in kbit/s, if the file says. */
  bitrateKbps?: Maybe<Scalars['Int']['output']>;
  /** Number of channels. */
  channels: Scalars['Int']['output'];
  /** The codec, by ffmpeg's name, such as aac. */
  codec: Scalars['String']['output'];
  /** Its place among the audio tracks, from 0. */
  index: Scalars['Int']['output'];
  /** ISO 639-2 code of its language, if the file says. */
  language?: Maybe<Scalars['String']['output']>;
  /** Sample rate in Hz. */
  sampleRateHz: Scalars['Int']['output'];
  /** How much later than the file it begins, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
  /** Its title, if the file says. */
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

/** A track: one of the two. */
export type AudioTrackInput = {
  /** Its place among the audio tracks, from 0. */
  index?: InputMaybe<Scalars['Int']['input']>;
  /** Its language, by any of its ISO 639 codes; the first such track. */
  language?: InputMaybe<Scalars['String']['input']>;
};

/** How an MP3's bitrate is ruled. */
export type BitrateMode =
  /** Average: a bitrate met on the whole, spent where it is needed. */
  | 'ABR'
  /** Constant: the same bitrate throughout. */
  | 'CBR'
  /** Variable: the same quality throughout. */
  | 'VBR';

/** What to stop. */
export type CancelConversionInput = {
  /** The conversion's id. */
  id: Scalars['ID']['input'];
};

/** A named part of a source. */
export type Chapter = {
  __typename?: 'Chapter';
  /** End, in milliseconds. */
  endMs: Scalars['SafeInt']['output'];
  /** Start, in milliseconds. */
  startMs: Scalars['SafeInt']['output'];
  /** Its name, if the file says. */
  title?: Maybe<Scalars['String']['output']>;
};

/** A named part, in the source's time. */
export type ChapterInput = {
  /** End, in milliseconds; unless given, where the next one starts, or the track ends. */
  endMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Start, in milliseconds. */
  startMs: Scalars['SafeInt']['input'];
  /** Its name, at most 200 characters. */
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

/** Where an MP3's chapters come from. */
export type ChapterOrigin =
  /** Given with the order. */
  | 'GIVEN'
  /** It has none. */
  | 'NONE'
  /** The source's, where it has any. */
  | 'SOURCE';

/** Which chapters an MP3 gets. */
export type ChaptersInput = {
  /** Where they come from. */
  from?: ChapterOrigin;
  /** For GIVEN: 1 to 500, in time order, not overlapping. */
  list?: Array<ChapterInput>;
};

/** An order to turn one upload into an MP3, and what became of it. */
export type Conversion = {
  __typename?: 'Conversion';
  /** How often a worker has taken it up. */
  attempt: Scalars['Int']['output'];
  /** The audio track that is converted. */
  audioTrack: AudioTrack;
  /** When it was ordered. */
  createdAt: Scalars['DateTime']['output'];
  /** Every state change so far, in order. */
  events: Array<ConversionEvent>;
  /** Why it FAILED. */
  failure?: Maybe<Failure>;
  /** The source's file name. */
  filename: Scalars['String']['output'];
  /** When it finished. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** The e-mail about its outcome; null while none is owed. */
  mail?: Maybe<Mail>;
  /** The finished MP3, or one for each chapter in their order; empty until SUCCEEDED. */
  mp3s: Array<Mp3>;
  /** What was asked for, with every default filled in. */
  output: OutputOptions;
  /** Whose it is. */
  owner: User;
  /** How far the running attempt is; null when none is running or it has not reported yet. */
  progress?: Maybe<Progress>;
  /** The conversion this one retries. */
  retryOf?: Maybe<Scalars['ID']['output']>;
  /** The sequence of its last state change. */
  sequence: Scalars['Int']['output'];
  /** When a worker first took it up. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: ConversionStatus;
  /** The upload it converts; null once that is gone. */
  upload?: Maybe<Upload>;
  /** What was odd about the order; it is carried out all the same. */
  warnings: Array<ConversionWarning>;
};

/** A page of conversions. */
export type ConversionConnection = {
  __typename?: 'ConversionConnection';
  /** The page's entries. */
  edges: Array<ConversionEdge>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A conversion on a page. */
export type ConversionEdge = {
  __typename?: 'ConversionEdge';
  /** Its place, for after. */
  cursor: Scalars['String']['output'];
  /** The conversion. */
  node: Conversion;
};

/** One state change of a conversion. */
export type ConversionEvent = {
  __typename?: 'ConversionEvent';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Its number, from 1, without gaps. */
  sequence: Scalars['Int']['output'];
  /** The state it led to. */
  status: ConversionStatus;
  /** What happened. */
  type: ConversionEventType;
};

/** What can happen to a conversion. */
export type ConversionEventType =
  /** Its owner stopped it. */
  | 'CANCELLED'
  /** Its owner deleted it. */
  | 'DELETED'
  /** It was ordered. */
  | 'ENQUEUED'
  /** It cannot be converted. */
  | 'FAILED'
  /** Every link given out so far was made useless. */
  | 'LINKS_REVOKED'
  /** Its worker gave it back, to be tried again. */
  | 'REQUEUED'
  /** A worker took it up. */
  | 'STARTED'
  /** Its MP3 is there. */
  | 'SUCCEEDED'
  /** Its worker was silent for too long and lost it. */
  | 'WORKER_LOST';

/** A conversion. */
export type ConversionPayload = {
  __typename?: 'ConversionPayload';
  /** The conversion as it is now. */
  conversion: Conversion;
};

/** The states of a conversion. The last three are final: it has finished. */
export type ConversionStatus =
  /** Its owner stopped it. */
  | 'CANCELLED'
  /** It has no MP3; failure says why. */
  | 'FAILED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** A worker is on it. */
  | 'RUNNING'
  /** Its MP3 is there. */
  | 'SUCCEEDED';

/** What a subscriber is told. */
export type ConversionUpdate = {
  __typename?: 'ConversionUpdate';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** The conversion as it is now. */
  conversion: Conversion;
  /** The number of the last state change, from 1, without gaps. */
  sequence: Scalars['Int']['output'];
  /** The state at that moment. */
  status: ConversionStatus;
  /** What kind of news. */
  type: ConversionUpdateType;
};

/** The kinds of news about a conversion. */
export type ConversionUpdateType =
  /** The running attempt got on. */
  | 'PROGRESS'
  /** How it stands at the start of the subscription. */
  | 'SNAPSHOT'
  /** A state change. */
  | 'STATE';

/** Something odd about an order. */
export type ConversionWarning = {
  __typename?: 'ConversionWarning';
  /** What kind of thing. */
  code: ConversionWarningCode;
  /** A sentence for people. */
  message: Scalars['String']['output'];
};

/** What can be odd about an order. */
export type ConversionWarningCode =
  /** The bitrate that was asked for is above the source's: the MP3 becomes larger, not better. */
  | 'BITRATE_ABOVE_SOURCE'
  /** No frame could be taken at coverFrameMs: there is no video at that time, or none we decode. */
  | 'COVER_MISSING'
  /** The MP3's sample rate is above the source's: it becomes larger, not better. */
  | 'SAMPLE_RATE_ABOVE_SOURCE';

/** Which cover an MP3 gets. */
export type CoverInput = {
  /** Where it comes from. */
  from?: CoverOrigin;
  /** For UPLOAD: a READY upload whose purpose is COVER. */
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

/** Where an MP3's cover comes from. */
export type CoverOrigin =
  /** It has none. */
  | 'NONE'
  /** The upload's own picture, where it has one. */
  | 'SOURCE'
  /** Another upload, whose purpose is COVER. */
  | 'UPLOAD';

/** The file that is coming. */
export type CreateUploadInput = {
  /**
   * Takes the frame at this time of the video, in milliseconds, as the cover, or the last one before it where the video is
   * over by then. Otherwise, and where there is no video to be decoded, it is the picture attached to the file. It has to be
   * said now, as the video itself is not stored.
   */
  coverFrameMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Its name, 1 to 255 characters. */
  filename: Scalars['String']['input'];
  /** 1 to 128 characters of your choosing that name this upload, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
  /** What it is for. */
  purpose?: UploadPurpose;
  /** Its SHA-256 in hexadecimal, if known: bytes without it are rejected. */
  sha256?: InputMaybe<Scalars['String']['input']>;
  /** Its exact size in bytes. */
  sizeBytes: Scalars['SafeInt']['input'];
};

/** An announced upload. */
export type CreateUploadPayload = {
  __typename?: 'CreateUploadPayload';
  /** The upload as it is now. */
  upload: Upload;
};

/** What to delete. */
export type DeleteConversionInput = {
  /** The conversion's id. */
  id: Scalars['ID']['input'];
};

/** A deleted conversion. */
export type DeleteConversionPayload = {
  __typename?: 'DeleteConversionPayload';
  /** The id it had. */
  deletedId: Scalars['ID']['output'];
};

/** The ways to an MP3. A conversion takes the fastest whose result can be proven. */
export type EncodingPath =
  /** In segments on several cores, each begun by a seek into the source. */
  | 'PARALLEL_SEEK'
  /** In segments on several cores, each reading the source from its start. */
  | 'PARALLEL_SKIP'
  /** Not encoded: the source's own MP3 frames. */
  | 'PASSTHROUGH'
  /** By one encoder from beginning to end. */
  | 'SINGLE';

/** Why something failed. */
export type Failure = {
  __typename?: 'Failure';
  /** A stable code, as in the catalogue of error codes. */
  code: Scalars['String']['output'];
  /** A sentence for people that says what to do. */
  message: Scalars['String']['output'];
  /** Whether the same again may succeed. */
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

/** A loudness per ITU-R BS.1770. */
export type LoudnessInput = {
  /** The highest true peak allowed in dBTP, from -9 to 0. */
  maxTruePeakDbtp?: Scalars['Float']['input'];
  /** Integrated loudness in LUFS, from -40 to -5. */
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

/** The e-mail about a conversion's outcome. */
export type Mail = {
  __typename?: 'Mail';
  /** What the mail server said when it refused the mail or returned it; for UNCONFIRMED, what is known. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When it was handed over. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: MailStatus;
};

/** The states of an e-mail. */
export type MailStatus =
  /** Kept until the address is verified. */
  | 'AWAITING_VERIFICATION'
  /** The mail server took it, and it came back undelivered. */
  | 'BOUNCED'
  /** To be sent, or being sent. */
  | 'PENDING'
  /** The mail server refused it for good. */
  | 'REFUSED'
  /** The mail server took it. */
  | 'SENT'
  /** The connection broke before the answer came: it may have arrived, so it is not sent again. */
  | 'UNCONFIRMED';

/** A finished MP3. */
export type Mp3 = {
  __typename?: 'Mp3';
  /** Average bitrate in kbit/s. */
  bitrateKbps: Scalars['Int']['output'];
  /** How the bitrate is ruled. */
  bitrateMode: BitrateMode;
  /** Number of channels. */
  channels: Scalars['Int']['output'];
  /** Which chapter it is, where it was made of one. */
  chapter?: Maybe<Mp3Chapter>;
  /** A link to the bytes that needs no sign-in, with Range and ETag; lives 15 minutes. */
  downloadUrl: Scalars['String']['output'];
  /** Length in milliseconds. */
  durationMs: Scalars['SafeInt']['output'];
  /** How it was made. */
  encoding: Mp3Encoding;
  /** When downloadUrl ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** The name it is served under. */
  filename: Scalars['String']['output'];
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** Measured on the finished MP3, where a loudness was asked for. */
  loudness?: Maybe<Mp3Loudness>;
  /** Whether it is the source's own MP3 track, copied and not encoded anew. */
  passthrough: Scalars['Boolean']['output'];
  /** Length in samples for each channel, encoder delay and padding left out. */
  sampleCount: Scalars['SafeInt']['output'];
  /** Sample rate in Hz. */
  sampleRateHz: Scalars['Int']['output'];
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** Size in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
};

/** The chapter an MP3 was made of. */
export type Mp3Chapter = {
  __typename?: 'Mp3Chapter';
  /** Its place among the chapters, from 1. */
  number: Scalars['Int']['output'];
  /** Its name, if it has one. */
  title?: Maybe<Scalars['String']['output']>;
};

/** How an MP3 was made. */
export type Mp3Encoding = {
  __typename?: 'Mp3Encoding';
  /** Whether these are proven to be the very bytes that a single encoder writes. */
  identicalToSingleEncoder: Scalars['Boolean']['output'];
  /** By which path. */
  path: EncodingPath;
};

/** How loud a finished MP3 is, per ITU-R BS.1770. */
export type Mp3Loudness = {
  __typename?: 'Mp3Loudness';
  /** Integrated loudness in LUFS; null for silence, which has none. */
  integratedLufs?: Maybe<Scalars['Float']['output']>;
  /** The highest true peak in dBTP; null for silence. */
  truePeakDbtp?: Maybe<Scalars['Float']['output']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Stops a conversion that is waiting or running. One that has finished answers ALREADY_FINISHED. */
  cancelConversion: ConversionPayload;
  /** Announces a file and gives the tus URL its bytes go to. The same key gives the same upload. */
  createUpload: CreateUploadPayload;
  /** Deletes a conversion and its MP3 for good, cancelling it first if it has not finished. */
  deleteConversion: DeleteConversionPayload;
  /**
   * Has the e-mail about a conversion sent again, where it was REFUSED, BOUNCED or is UNCONFIRMED; any other answers
   * MAIL_NOT_RESENDABLE. It is PENDING again soon after. However often this is called, each failure is followed by one.
   */
  resendMail: ConversionPayload;
  /** Starts a FAILED or CANCELLED conversion again as a new one, while its source is stored; later it answers SOURCE_EXPIRED. */
  retryConversion: ConversionPayload;
  /** Makes every link to a conversion's MP3 that was given out so far useless, mailed ones included. */
  revokeDownloadLinks: ConversionPayload;
  /**
   * Turns a READY upload into an MP3. The same key gives the same conversion for as long as it exists; with other
   * input under the same key it answers IDEMPOTENCY_KEY_REUSED.
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
  /** The audio track that was asked for. Null: the first one that can be decoded. Conversion.audioTrack is the one that is converted. */
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
   * Whether an MP3 track is passed through, not encoded again. True if no option was given but tags, cover, chapters and
   * audioTrack, which leave the audio as it is.
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

/** What an MP3 is to be like. What does not fit the upload is refused at once, with OUTPUT_NOT_POSSIBLE. */
export type OutputOptionsInput = {
  /** Which track, by its place or its language; the first we decode unless given. */
  audioTrack?: InputMaybe<AudioTrackInput>;
  /**
   * In kbit/s; 192 unless given. For CBR: 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256 or 320, and at most 160
   * below 32 kHz, 64 below 16 kHz. For ABR: from 8 to 320.
   */
  bitrateKbps?: InputMaybe<Scalars['Int']['input']>;
  /** How the bitrate is ruled. */
  bitrateMode?: BitrateMode;
  /** 1 or 2; unless given, mono stays mono and all else becomes stereo. */
  channels?: InputMaybe<Scalars['Int']['input']>;
  /** Which chapters it gets. */
  chapters?: ChaptersInput;
  /** Which cover it gets. */
  cover?: CoverInput;
  /** LAME's effort from 0 (best) to 9 (fastest). */
  encoderQuality?: InputMaybe<Scalars['Int']['input']>;
  /** Length of a fade at the beginning, in milliseconds. */
  fadeInMs?: Scalars['SafeInt']['input'];
  /** Length of a fade at the end, in milliseconds. */
  fadeOutMs?: Scalars['SafeInt']['input'];
  /** Brings it to a loudness per ITU-R BS.1770. */
  loudness?: InputMaybe<LoudnessInput>;
  /** 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000 Hz; unless given the source's, or the next above it. */
  sampleRateHz?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Makes an MP3 of each chapter; fades and loudness then hold for each, and there is no trim. A chapter ends where the next
   * one begins at the latest; one of the file's own that has no audio is left out.
   */
  splitByChapters?: Scalars['Boolean']['input'];
  /** Which tags it gets. */
  tags?: TagsInput;
  /** The part to keep, exact to the sample. */
  trim?: InputMaybe<TrimInput>;
  /** For VBR: LAME's quality from 0 (best) to 9 (smallest); 2 unless given. */
  vbrQuality?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The last entry's cursor, for after. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether entries follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether entries came before. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The first entry's cursor. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A picture. */
export type Picture = {
  __typename?: 'Picture';
  /** Height in pixels. */
  heightPx: Scalars['Int']['output'];
  /** image/jpeg or image/png. */
  mimeType: Scalars['String']['output'];
  /** Width in pixels. */
  widthPx: Scalars['Int']['output'];
};

/** How far a running attempt is. */
export type Progress = {
  __typename?: 'Progress';
  /** Estimated time left in milliseconds, if there is an estimate. */
  etaMs?: Maybe<Scalars['SafeInt']['output']>;
  /** Share of the work done, 0 to 100. */
  percent: Scalars['Float']['output'];
  /** Seconds of media converted in a second. */
  speed: Scalars['Float']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** One of your conversions. Somebody else's answers NOT_FOUND. */
  conversion: Conversion;
  /** One of your uploads. Somebody else's answers NOT_FOUND. */
  upload: Upload;
};


export type QueryConversionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUploadArgs = {
  id: Scalars['ID']['input'];
};

/** Which e-mail to send again. */
export type ResendMailInput = {
  /** The id of the conversion it is about. */
  conversionId: Scalars['ID']['input'];
};

/** What to start again. */
export type RetryConversionInput = {
  /** The id of a FAILED or CANCELLED conversion. */
  id: Scalars['ID']['input'];
  /** 1 to 128 characters of your choosing that name the new conversion. */
  idempotencyKey: Scalars['String']['input'];
};

/** Whose links to revoke. */
export type RevokeDownloadLinksInput = {
  /** The conversion's id. */
  id: Scalars['ID']['input'];
};

/** What a video file holds, as far as an MP3 is concerned. */
export type SourceMedia = {
  __typename?: 'SourceMedia';
  /** Its audio tracks, in the file's order. */
  audioTracks: Array<AudioTrack>;
  /** Its chapters, in time order. */
  chapters: Array<Chapter>;
  /** The container format, by ffmpeg's name of its demuxer, such as mov,mp4,m4a,3gp,3g2,mj2. */
  container: Scalars['String']['output'];
  /** The length of the file, in milliseconds. */
  durationMs: Scalars['SafeInt']['output'];
  /** The picture attached to it, such as an album cover. */
  picture?: Maybe<Picture>;
  /** Its tags, such as title and artist, keys in lower case. */
  tags: Array<Tag>;
};

/** What to convert, and how. */
export type StartConversionInput = {
  /** 1 to 128 characters of your choosing that name this conversion, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
  /** What the MP3 is to be like. */
  output?: OutputOptionsInput;
  /** A READY upload. */
  uploadId: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Every state change of a conversion, gap-free and in order, and its newest progress (older progress may be skipped).
   * Without afterSequence: one SNAPSHOT, then what is later; with it: only what is later. Ends when the conversion
   * has finished.
   */
  conversionUpdated: ConversionUpdate;
};


export type SubscriptionConversionUpdatedArgs = {
  afterSequence?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

/** A named text in a file. */
export type Tag = {
  __typename?: 'Tag';
  /** The name, in lower case. */
  key: Scalars['String']['output'];
  /** The text. */
  value: Scalars['String']['output'];
};

/** A tag, such as title, artist, album, album_artist, composer, date, genre, track, disc, comment or copyright. */
export type TagInput = {
  /** The name, 1 to 100 characters. */
  key: Scalars['String']['input'];
  /** The text, at most 2,000 characters. */
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

/** Which tags an MP3 gets. */
export type TagsInput = {
  /** Keeps those of the source. */
  keep?: Scalars['Boolean']['input'];
  /** Sets these, at most 100; what is set wins over what is kept, and an empty value leaves a tag out. */
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

/** A part of a track, from its first sample on. */
export type TrimInput = {
  /** Where it ends, in milliseconds; the track's end unless given. */
  endMs?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Where it begins, in milliseconds. */
  startMs?: Scalars['SafeInt']['input'];
};

/** A file on its way in, or in. */
export type Upload = {
  __typename?: 'Upload';
  /** When it was announced. */
  createdAt: Scalars['DateTime']['output'];
  /** When it is removed if nothing uses it. */
  expiresAt: Scalars['DateTime']['output'];
  /** Why it was REJECTED. */
  failure?: Maybe<Failure>;
  /** The file's name as the client gave it. */
  filename: Scalars['String']['output'];
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** What the file holds; null until it is READY. */
  media?: Maybe<SourceMedia>;
  /** The cover its MP3s get: attached to the file, or the frame that was asked for; of a COVER upload, the image itself. */
  picture?: Maybe<Picture>;
  /** What it is for. */
  purpose: UploadPurpose;
  /** How many bytes have arrived. */
  receivedBytes: Scalars['SafeInt']['output'];
  /** The file's size as declared, in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
  /** Where it stands. */
  status: UploadStatus;
  /** How many bytes of it are stored; null until it is READY. Where only its audio is stored, far fewer than came. */
  storedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The tus 1.0 URL the bytes go to; its secret is all the authorisation it needs. Null once all bytes are in. */
  url?: Maybe<Scalars['String']['output']>;
  /** What was declared of the bytes and found to be true. */
  verifiedBy: Array<UploadVerification>;
};

/** What an upload is for. */
export type UploadPurpose =
  /** To be the cover of MP3s: a JPEG or PNG of at most 10 MB and 16 megapixels. */
  | 'COVER'
  /** To be converted. */
  | 'SOURCE';

/** The states of an upload. */
export type UploadStatus =
  /** It was removed: unfinished or unused for too long, ended by its owner, or converted. */
  | 'EXPIRED'
  /** It can be converted. */
  | 'READY'
  /** It cannot be converted; failure says why. */
  | 'REJECTED'
  /** Bytes are arriving. */
  | 'UPLOADING'
  /** All bytes are in; size, hash and contents are being validated. */
  | 'VALIDATING';

/** A way in which received bytes were proven to be those sent. */
export type UploadVerification =
  /** The declared SHA-256. */
  | 'SHA256'
  /** The declared size. */
  | 'SIZE';

/** Somebody with an account; what they sent and got. */
export type User = {
  __typename?: 'User';
  /** The user's conversions, newest first. */
  conversions: ConversionConnection;
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
};


/** Somebody with an account; what they sent and got. */
export type UserConversionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  status?: InputMaybe<Array<ConversionStatus>>;
};



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
  ConversionWarning: ResolverTypeWrapper<ConversionWarning>;
  ConversionWarningCode: ConversionWarningCode;
  CoverInput: CoverInput;
  CoverOptions: ResolverTypeWrapper<CoverOptions>;
  CoverOrigin: CoverOrigin;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: ResolverTypeWrapper<Omit<CreateUploadPayload, 'upload'> & { upload: ResolversTypes['Upload'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: ResolverTypeWrapper<DeleteConversionPayload>;
  EncodingPath: EncodingPath;
  Failure: ResolverTypeWrapper<Failure>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
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
  User: ResolverTypeWrapper<Reference>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AudioTrack: AudioTrack;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
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
  ConversionWarning: ConversionWarning;
  CoverInput: CoverInput;
  CoverOptions: CoverOptions;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: Omit<CreateUploadPayload, 'upload'> & { upload: ResolversParentTypes['Upload'] };
  DateTime: Scalars['DateTime']['output'];
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: DeleteConversionPayload;
  Failure: Failure;
  Boolean: Scalars['Boolean']['output'];
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
  User: Reference;
};

export type AudioTrackResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AudioTrack'] = ResolversParentTypes['AudioTrack']> = {
  bitrateKbps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  channels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  codec?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  warnings?: Resolver<Array<ResolversTypes['ConversionWarning']>, ParentType, ContextType>;
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

export type ConversionWarningResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ConversionWarning'] = ResolversParentTypes['ConversionWarning']> = {
  code?: Resolver<ResolversTypes['ConversionWarningCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  heightPx?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  widthPx?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProgressResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Progress'] = ResolversParentTypes['Progress']> = {
  etaMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  speed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  conversion?: Resolver<ResolversTypes['Conversion'], ParentType, ContextType, RequireFields<QueryConversionArgs, 'id'>>;
  upload?: Resolver<ResolversTypes['Upload'], ParentType, ContextType, RequireFields<QueryUploadArgs, 'id'>>;
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

export type UserResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  conversions?: Resolver<ResolversTypes['ConversionConnection'], ParentType, ContextType, RequireFields<UserConversionsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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
  ConversionWarning?: ConversionWarningResolvers<ContextType>;
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
  User?: UserResolvers<ContextType>;
};

