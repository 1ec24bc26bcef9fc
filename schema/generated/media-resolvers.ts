import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Reference } from '../documents/reference.ts';
import type { UploadDocument } from '../documents/upload-document.ts';
import type { ConversionDocument, Mp3Source } from '../documents/conversion-document.ts';
import type { ConversionUpdateSource } from '../documents/conversion-update.ts';
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
  /** Its title, if the file says. */
  title?: Maybe<Scalars['String']['output']>;
};

/** How an MP3's bitrate is ruled. */
export type BitrateMode =
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

/** An order to turn one upload into an MP3, and what became of it. */
export type Conversion = {
  __typename?: 'Conversion';
  /** How often a worker has taken it up. */
  attempt: Scalars['Int']['output'];
  /** When it was ordered. */
  createdAt: Scalars['DateTime']['output'];
  /** Every state change so far, in order. */
  events: Array<ConversionEvent>;
  /** Why it FAILED. */
  failure?: Maybe<Failure>;
  /** The source's file name. */
  filename: Scalars['String']['output'];
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** The e-mail about its outcome; null while none is owed. */
  mail?: Maybe<Mail>;
  /** The finished MP3; empty until SUCCEEDED. */
  mp3s: Array<Mp3>;
  /** What was asked for. */
  output: OutputOptions;
  /** Whose it is. */
  owner: User;
  /** How far the running attempt is; null when none is running or it has not reported yet. */
  progress?: Maybe<Progress>;
  /** The conversion this one retries. */
  retryOf?: Maybe<Scalars['ID']['output']>;
  /** The sequence of its last state change. */
  sequence: Scalars['Int']['output'];
  /** When it was settled. */
  settledAt?: Maybe<Scalars['DateTime']['output']>;
  /** When a worker first took it up. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: ConversionStatus;
  /** The upload it converts; null once that is gone. */
  upload?: Maybe<Upload>;
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
  /** A worker took it up. */
  | 'CLAIMED'
  /** Its owner deleted it. */
  | 'DELETED'
  /** It was ordered. */
  | 'ENQUEUED'
  /** Its worker was silent for too long and lost it. */
  | 'EVICTED'
  /** It cannot be converted. */
  | 'FAILED'
  /** Every link given out so far was made useless. */
  | 'LINKS_REVOKED'
  /** Its worker gave it back, to be tried again. */
  | 'RELEASED'
  /** Its MP3 is there. */
  | 'SUCCEEDED';

/** A conversion. */
export type ConversionPayload = {
  __typename?: 'ConversionPayload';
  /** The conversion as it is now. */
  conversion: Conversion;
};

/** The states of a conversion. The last three are final: it is settled. */
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

/** The file that is coming. */
export type CreateUploadInput = {
  /** Its name, 1 to 255 characters. */
  filename: Scalars['String']['input'];
  /** 1 to 128 characters of your choosing that name this upload, such as a UUID. */
  idempotencyKey: Scalars['String']['input'];
  /** Its SHA-256 in hexadecimal, if known: received bytes are checked against it. */
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
  /** A link to the bytes that needs no sign-in, with Range and ETag; lives 15 minutes. */
  downloadUrl: Scalars['String']['output'];
  /** Length in milliseconds. */
  durationMs: Scalars['SafeInt']['output'];
  /** How it was encoded; null for those made before this was noted. */
  encoding?: Maybe<Mp3Encoding>;
  /** When downloadUrl ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** The name it is served under. */
  filename: Scalars['String']['output'];
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** Length in samples for each channel, encoder delay and padding left out. */
  sampleCount: Scalars['SafeInt']['output'];
  /** Sample rate in Hz. */
  sampleRateHz: Scalars['Int']['output'];
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** Size in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
};

/** How an MP3 was encoded. */
export type Mp3Encoding = {
  __typename?: 'Mp3Encoding';
  /** Whether these are proven to be the very bytes that a single encoder writes. */
  identicalToSingleEncoder: Scalars['Boolean']['output'];
  /** By which path. */
  path: EncodingPath;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Stops a conversion that is waiting or running. One that is settled answers ALREADY_SETTLED. */
  cancelConversion: ConversionPayload;
  /** Announces a file and gives the tus URL its bytes go to. The same key gives the same upload. */
  createUpload: CreateUploadPayload;
  /** Deletes a conversion and its MP3 for good, cancelling it first if it is not settled. */
  deleteConversion: DeleteConversionPayload;
  /**
   * Has the e-mail about a conversion sent again, where it was REFUSED, BOUNCED or is UNCONFIRMED; any other answers
   * MAIL_NOT_RESENDABLE. It is PENDING again soon after. However often this is called, each failure is followed by one.
   */
  resendMail: ConversionPayload;
  /** Starts a FAILED or CANCELLED conversion again as a new one, while its source is kept; later it answers SOURCE_GONE. */
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

/** What an MP3 is to be like. */
export type OutputOptions = {
  __typename?: 'OutputOptions';
  /** Bitrate in kbit/s; null for VBR. */
  bitrateKbps?: Maybe<Scalars['Int']['output']>;
  /** How the bitrate is ruled. */
  bitrateMode: BitrateMode;
  /** LAME's quality from 0 (best) to 9 (smallest); null for CBR. */
  vbrQuality?: Maybe<Scalars['Int']['output']>;
};

/** What an MP3 is to be like. */
export type OutputOptionsInput = {
  /** For CBR: 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256 or 320 kbit/s; 192 unless given. */
  bitrateKbps?: InputMaybe<Scalars['Int']['input']>;
  /** How the bitrate is ruled. */
  bitrateMode?: BitrateMode;
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
   * Without afterSequence: one SNAPSHOT, then what is later; with it: only what is later. Ends after the conversion is
   * settled.
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
  /** How many bytes have arrived. */
  receivedBytes: Scalars['SafeInt']['output'];
  /** The file's size as declared, in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
  /** Where it stands. */
  status: UploadStatus;
  /** The tus 1.0 URL the bytes go to; its secret is all the authorisation it needs. Null once all bytes are in. */
  url?: Maybe<Scalars['String']['output']>;
  /** What the received bytes were checked against. */
  verifiedBy: Array<UploadVerification>;
};

/** The states of an upload. */
export type UploadStatus =
  /** All bytes are in; size, hash and contents are being checked. */
  | 'CHECKING'
  /** It was removed: unfinished or unused for too long, ended by its owner, or converted. */
  | 'EXPIRED'
  /** It can be converted. */
  | 'READY'
  /** Bytes are arriving. */
  | 'RECEIVING'
  /** It cannot be converted; failure says why. */
  | 'REJECTED';

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
  BitrateMode: BitrateMode;
  CancelConversionInput: CancelConversionInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Chapter: ResolverTypeWrapper<Chapter>;
  Conversion: ResolverTypeWrapper<ConversionDocument>;
  ConversionConnection: ResolverTypeWrapper<Omit<ConversionConnection, 'edges'> & { edges: Array<ResolversTypes['ConversionEdge']> }>;
  ConversionEdge: ResolverTypeWrapper<Omit<ConversionEdge, 'node'> & { node: ResolversTypes['Conversion'] }>;
  ConversionEvent: ResolverTypeWrapper<ConversionEvent>;
  ConversionEventType: ConversionEventType;
  ConversionPayload: ResolverTypeWrapper<Omit<ConversionPayload, 'conversion'> & { conversion: ResolversTypes['Conversion'] }>;
  ConversionStatus: ConversionStatus;
  ConversionUpdate: ResolverTypeWrapper<ConversionUpdateSource>;
  ConversionUpdateType: ConversionUpdateType;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: ResolverTypeWrapper<Omit<CreateUploadPayload, 'upload'> & { upload: ResolversTypes['Upload'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: ResolverTypeWrapper<DeleteConversionPayload>;
  EncodingPath: EncodingPath;
  Failure: ResolverTypeWrapper<Failure>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Mail: ResolverTypeWrapper<Mail>;
  MailStatus: MailStatus;
  Mp3: ResolverTypeWrapper<Mp3Source>;
  Mp3Encoding: ResolverTypeWrapper<Mp3Encoding>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OutputOptions: ResolverTypeWrapper<OutputOptions>;
  OutputOptionsInput: OutputOptionsInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Progress: ResolverTypeWrapper<Progress>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ResendMailInput: ResendMailInput;
  RetryConversionInput: RetryConversionInput;
  RevokeDownloadLinksInput: RevokeDownloadLinksInput;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SourceMedia: ResolverTypeWrapper<SourceMedia>;
  StartConversionInput: StartConversionInput;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tag: ResolverTypeWrapper<Tag>;
  Upload: ResolverTypeWrapper<UploadDocument>;
  UploadStatus: UploadStatus;
  UploadVerification: UploadVerification;
  User: ResolverTypeWrapper<Reference>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AudioTrack: AudioTrack;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  CancelConversionInput: CancelConversionInput;
  ID: Scalars['ID']['output'];
  Chapter: Chapter;
  Conversion: ConversionDocument;
  ConversionConnection: Omit<ConversionConnection, 'edges'> & { edges: Array<ResolversParentTypes['ConversionEdge']> };
  ConversionEdge: Omit<ConversionEdge, 'node'> & { node: ResolversParentTypes['Conversion'] };
  ConversionEvent: ConversionEvent;
  ConversionPayload: Omit<ConversionPayload, 'conversion'> & { conversion: ResolversParentTypes['Conversion'] };
  ConversionUpdate: ConversionUpdateSource;
  CreateUploadInput: CreateUploadInput;
  CreateUploadPayload: Omit<CreateUploadPayload, 'upload'> & { upload: ResolversParentTypes['Upload'] };
  DateTime: Scalars['DateTime']['output'];
  DeleteConversionInput: DeleteConversionInput;
  DeleteConversionPayload: DeleteConversionPayload;
  Failure: Failure;
  Boolean: Scalars['Boolean']['output'];
  Mail: Mail;
  Mp3: Mp3Source;
  Mp3Encoding: Mp3Encoding;
  Mutation: Record<PropertyKey, never>;
  OutputOptions: OutputOptions;
  OutputOptionsInput: OutputOptionsInput;
  PageInfo: PageInfo;
  Progress: Progress;
  Float: Scalars['Float']['output'];
  Query: Record<PropertyKey, never>;
  ResendMailInput: ResendMailInput;
  RetryConversionInput: RetryConversionInput;
  RevokeDownloadLinksInput: RevokeDownloadLinksInput;
  SafeInt: Scalars['SafeInt']['output'];
  SourceMedia: SourceMedia;
  StartConversionInput: StartConversionInput;
  Subscription: Record<PropertyKey, never>;
  Tag: Tag;
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
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChapterResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Chapter'] = ResolversParentTypes['Chapter']> = {
  endMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConversionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Conversion'] = ResolversParentTypes['Conversion'], FederationReferenceType extends FederationReferenceTypes['Conversion'] = FederationReferenceTypes['Conversion']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Conversion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['ConversionEvent']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['Failure']>, ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mail?: Resolver<Maybe<ResolversTypes['Mail']>, ParentType, ContextType>;
  mp3s?: Resolver<Array<ResolversTypes['Mp3']>, ParentType, ContextType>;
  output?: Resolver<ResolversTypes['OutputOptions'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Progress']>, ParentType, ContextType>;
  retryOf?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversionStatus'], ParentType, ContextType>;
  upload?: Resolver<Maybe<ResolversTypes['Upload']>, ParentType, ContextType>;
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

export type MailResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mail'] = ResolversParentTypes['Mail']> = {
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MailStatus'], ParentType, ContextType>;
};

export type Mp3Resolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3'] = ResolversParentTypes['Mp3']> = {
  bitrateKbps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bitrateMode?: Resolver<ResolversTypes['BitrateMode'], ParentType, ContextType>;
  channels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  downloadUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  encoding?: Resolver<Maybe<ResolversTypes['Mp3Encoding']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sampleCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sampleRateHz?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type Mp3EncodingResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mp3Encoding'] = ResolversParentTypes['Mp3Encoding']> = {
  identicalToSingleEncoder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['EncodingPath'], ParentType, ContextType>;
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
  bitrateKbps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  bitrateMode?: Resolver<ResolversTypes['BitrateMode'], ParentType, ContextType>;
  vbrQuality?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  tags?: Resolver<Array<ResolversTypes['Tag']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  conversionUpdated?: SubscriptionResolver<ResolversTypes['ConversionUpdate'], "conversionUpdated", ParentType, ContextType, RequireFields<SubscriptionConversionUpdatedArgs, 'id'>>;
};

export type TagResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload'], FederationReferenceType extends FederationReferenceTypes['Upload'] = FederationReferenceTypes['Upload']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Upload']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['Failure']>, ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  media?: Resolver<Maybe<ResolversTypes['SourceMedia']>, ParentType, ContextType>;
  receivedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['UploadStatus'], ParentType, ContextType>;
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
  Chapter?: ChapterResolvers<ContextType>;
  Conversion?: ConversionResolvers<ContextType>;
  ConversionConnection?: ConversionConnectionResolvers<ContextType>;
  ConversionEdge?: ConversionEdgeResolvers<ContextType>;
  ConversionEvent?: ConversionEventResolvers<ContextType>;
  ConversionPayload?: ConversionPayloadResolvers<ContextType>;
  ConversionUpdate?: ConversionUpdateResolvers<ContextType>;
  CreateUploadPayload?: CreateUploadPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteConversionPayload?: DeleteConversionPayloadResolvers<ContextType>;
  Failure?: FailureResolvers<ContextType>;
  Mail?: MailResolvers<ContextType>;
  Mp3?: Mp3Resolvers<ContextType>;
  Mp3Encoding?: Mp3EncodingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OutputOptions?: OutputOptionsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Progress?: ProgressResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SourceMedia?: SourceMediaResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

