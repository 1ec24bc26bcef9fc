import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserDocument } from '../documents/user-document.ts';
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
  _FieldSet: { input: string; output: string; }
};

/** What a known password is replaced by. */
export type ChangePasswordInput = {
  /** The password until now. */
  currentPassword: Scalars['String']['input'];
  /** 12 to 128 characters, and none of those that are guessed first. */
  newPassword: Scalars['String']['input'];
};

/** A password that was changed. */
export type ChangePasswordPayload = {
  __typename?: 'ChangePasswordPayload';
  /** The user, whose other sessions have ended. */
  user: User;
};

/** What an account ends by. */
export type DeleteAccountInput = {
  /** The account's password. */
  password: Scalars['String']['input'];
};

/** An account that is gone. */
export type DeleteAccountPayload = {
  __typename?: 'DeleteAccountPayload';
  /** The id of its user, which nobody has again. */
  deletedId: Scalars['ID']['output'];
};

/** Which session ends. */
export type EndSessionInput = {
  /** One of the signed-in user's. */
  sessionId: Scalars['ID']['input'];
};

/** Ended sessions. */
export type EndSessionPayload = {
  __typename?: 'EndSessionPayload';
  /** True: what was named is over. */
  ended: Scalars['Boolean']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Begins the session of a new guest; for the router itself. */
  beginGuest: SessionPayload;
  /** Sets a new password of the signed-in user, and ends all other sessions. */
  changePassword: ChangePasswordPayload;
  /**
   * Removes the signed-in user's account for good, with all that is theirs: uploads, conversions, MP3s and mails. All its
   * sessions end.
   */
  deleteAccount: DeleteAccountPayload;
  /** Ends all sessions of the signed-in user, this one too. */
  endAllSessions: EndSessionPayload;
  /** Ends one of the signed-in user's sessions. Ending one that is over already succeeds. */
  endSession: EndSessionPayload;
  /**
   * Trades a refresh token for a new pair. A token that was replaced less than 10 seconds ago gives its same
   * successor once more, so that a lost reply or a second tab does no harm; used later, it ends the session.
   */
  refreshSession: SessionPayload;
  /** Mails another request to verify the signed-in user's address. An inbox gets a few such mails an hour. */
  requestEmailVerification: RequestPayload;
  /** Mails a link to set a new password, where there is an account with this address; the answer does not tell. */
  requestPasswordReset: RequestPayload;
  /**
   * Sets a new password with the token from the mail, which proves the address, and ends all sessions. A token works once.
   * Where nobody had proven the address, the account begins anew: with another id, and without its uploads and conversions.
   */
  resetPassword: ResetPasswordPayload;
  /** Signs in with an e-mail address and a password. */
  signIn: SessionPayload;
  /** Ends the session that a refresh token belongs to. Ending one that is over already succeeds. */
  signOut: SignOutPayload;
  /**
   * Creates an account, signs it in, and mails a request to verify the address. By a guest's access token the guest becomes
   * the account: it keeps its id and all that is its own, and its session as a guest ends.
   */
  signUp: SessionPayload;
  /**
   * Confirms an e-mail address with the token from its verification mail, for whoever shows that the account is theirs, too:
   * by its access token or its password. Another account that had the address without proving it loses it, with all its
   * sessions.
   */
  verifyEmail: VerifyEmailPayload;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


export type MutationEndSessionArgs = {
  input: EndSessionInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignOutArgs = {
  input: SignOutInput;
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};

export type Query = {
  __typename?: 'Query';
  /** The sessions that ended in the last minutes; for the router itself. */
  endedSessions: Array<Scalars['ID']['output']>;
  /** The signed-in user; null without an access token. */
  me?: Maybe<User>;
};

/** What is renewed. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** Whose password is to be set anew. */
export type RequestPasswordResetInput = {
  /** The address of the account. */
  email: Scalars['String']['input'];
};

/** A request that was taken. */
export type RequestPayload = {
  __typename?: 'RequestPayload';
  /** True: what can be done about it is being done. */
  requested: Scalars['Boolean']['output'];
};

/** What a forgotten password is replaced by. */
export type ResetPasswordInput = {
  /** 12 to 128 characters, and none of those that are guessed first. */
  newPassword: Scalars['String']['input'];
  /** The token from the mail's link. */
  token: Scalars['String']['input'];
};

/** A password that was set anew. */
export type ResetPasswordPayload = {
  __typename?: 'ResetPasswordPayload';
  /** The user, who now signs in with it. */
  user: User;
};

/** A signed-in session: a short-lived access token, and the refresh token that renews it. */
export type Session = {
  __typename?: 'Session';
  /** A JWT for the Authorization header (Bearer) and for graphql-ws connection_init; lives 10 minutes. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** Opaque; the same through every refresh. */
  id: Scalars['ID']['output'];
  /** Opaque and rotating: each use returns a new one. */
  refreshToken: Scalars['String']['output'];
  /** When the refresh token ends if it is not used. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
  /** Whose session this is. */
  user: User;
};

/** A session as its user sees it among others. */
export type SessionInfo = {
  __typename?: 'SessionInfo';
  /** What began it or refreshed it last, such as Firefox on Linux, as it calls itself; null where it does not. Kept no longer than the session. */
  client?: Maybe<Scalars['String']['output']>;
  /** When it was begun by signing up or in. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is the one that asks. */
  current: Scalars['Boolean']['output'];
  /** When it ends, however much it is used. */
  expiresAt: Scalars['DateTime']['output'];
  /** The same through every refresh. */
  id: Scalars['ID']['output'];
  /** When it was begun or last refreshed. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** A session, or what must come before it. */
export type SessionPayload = {
  __typename?: 'SessionPayload';
  /** The step that must come first; null where there is a session. */
  nextStep?: Maybe<SessionStep>;
  /** The session as it is now; null where another step must come first. */
  session?: Maybe<Session>;
};

/** What must be done before a session begins. */
export type SessionStep = {
  __typename?: 'SessionStep';
  /** The name of the step. A client that does not know it cannot sign in. */
  kind: Scalars['String']['output'];
  /** Goes with the answer to the step. */
  token: Scalars['String']['output'];
};

/** Who signs in. */
export type SignInInput = {
  /** The address of the account. */
  email: Scalars['String']['input'];
  /** The account's password. */
  password: Scalars['String']['input'];
};

/** What ends. */
export type SignOutInput = {
  /** Any refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** An ended session. */
export type SignOutPayload = {
  __typename?: 'SignOutPayload';
  /** True: the session is over. */
  signedOut: Scalars['Boolean']['output'];
};

/** Who to create. */
export type SignUpInput = {
  /** An e-mail address that no account has proven to be its own, whatever the case of its letters. */
  email: Scalars['String']['input'];
  /** The language of mails, a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** 12 to 128 characters, and none of those that are guessed first. */
  password: Scalars['String']['input'];
};

/** Somebody with an account, or a guest, who has a session alone and no address for mails. */
export type User = {
  __typename?: 'User';
  /** When the account was made; for a guest, when it came. */
  createdAt: Scalars['DateTime']['output'];
  /** The address the user signs in with; null for a guest. */
  email?: Maybe<Scalars['String']['output']>;
  /** A fresh token that proves the address when it comes back; for the mailer alone. */
  emailVerificationToken: Scalars['String']['output'];
  /** Whether the user has proven that the address is theirs. Links are mailed to verified addresses only. */
  emailVerified: Scalars['Boolean']['output'];
  /** Opaque and permanent; a guest keeps it when it signs up. */
  id: Scalars['ID']['output'];
  /** The language of mails, a BCP 47 tag. */
  locale: Scalars['String']['output'];
  /** A fresh token that sets a new password; for the mailer alone. */
  passwordResetToken: Scalars['String']['output'];
  /** Where the user is signed in, the newest session first. Null, with an error, unless the access token is the user's own. */
  sessions?: Maybe<Array<SessionInfo>>;
};

/** What is confirmed. */
export type VerifyEmailInput = {
  /** The account's password; not needed where the account itself is signed in. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** The token from the verification mail's link. */
  token: Scalars['String']['input'];
};

/** A confirmed address. */
export type VerifyEmailPayload = {
  __typename?: 'VerifyEmailPayload';
  /** The user whose address is now verified. */
  user: User;
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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ChangePasswordInput: ChangePasswordInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ChangePasswordPayload: ResolverTypeWrapper<Omit<ChangePasswordPayload, 'user'> & { user: ResolversTypes['User'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  EndSessionInput: EndSessionInput;
  EndSessionPayload: ResolverTypeWrapper<EndSessionPayload>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefreshSessionInput: RefreshSessionInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPayload: ResolverTypeWrapper<RequestPayload>;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: ResolverTypeWrapper<Omit<ResetPasswordPayload, 'user'> & { user: ResolversTypes['User'] }>;
  Session: ResolverTypeWrapper<Omit<Session, 'user'> & { user: ResolversTypes['User'] }>;
  SessionInfo: ResolverTypeWrapper<SessionInfo>;
  SessionPayload: ResolverTypeWrapper<Omit<SessionPayload, 'session'> & { session?: Maybe<ResolversTypes['Session']> }>;
  SessionStep: ResolverTypeWrapper<SessionStep>;
  SignInInput: SignInInput;
  SignOutInput: SignOutInput;
  SignOutPayload: ResolverTypeWrapper<SignOutPayload>;
  SignUpInput: SignUpInput;
  User: ResolverTypeWrapper<UserDocument>;
  VerifyEmailInput: VerifyEmailInput;
  VerifyEmailPayload: ResolverTypeWrapper<Omit<VerifyEmailPayload, 'user'> & { user: ResolversTypes['User'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ChangePasswordInput: ChangePasswordInput;
  String: Scalars['String']['output'];
  ChangePasswordPayload: Omit<ChangePasswordPayload, 'user'> & { user: ResolversParentTypes['User'] };
  DateTime: Scalars['DateTime']['output'];
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: DeleteAccountPayload;
  ID: Scalars['ID']['output'];
  EndSessionInput: EndSessionInput;
  EndSessionPayload: EndSessionPayload;
  Boolean: Scalars['Boolean']['output'];
  Mutation: Record<PropertyKey, never>;
  Query: Record<PropertyKey, never>;
  RefreshSessionInput: RefreshSessionInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPayload: RequestPayload;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: Omit<ResetPasswordPayload, 'user'> & { user: ResolversParentTypes['User'] };
  Session: Omit<Session, 'user'> & { user: ResolversParentTypes['User'] };
  SessionInfo: SessionInfo;
  SessionPayload: Omit<SessionPayload, 'session'> & { session?: Maybe<ResolversParentTypes['Session']> };
  SessionStep: SessionStep;
  SignInInput: SignInInput;
  SignOutInput: SignOutInput;
  SignOutPayload: SignOutPayload;
  SignUpInput: SignUpInput;
  User: UserDocument;
  VerifyEmailInput: VerifyEmailInput;
  VerifyEmailPayload: Omit<VerifyEmailPayload, 'user'> & { user: ResolversParentTypes['User'] };
};

export type ChangePasswordPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteAccountPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EndSessionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['EndSessionPayload'] = ResolversParentTypes['EndSessionPayload']> = {
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  beginGuest?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  deleteAccount?: Resolver<ResolversTypes['DeleteAccountPayload'], ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'input'>>;
  endAllSessions?: Resolver<ResolversTypes['EndSessionPayload'], ParentType, ContextType>;
  endSession?: Resolver<ResolversTypes['EndSessionPayload'], ParentType, ContextType, RequireFields<MutationEndSessionArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  requestEmailVerification?: Resolver<ResolversTypes['RequestPayload'], ParentType, ContextType>;
  requestPasswordReset?: Resolver<ResolversTypes['RequestPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resetPassword?: Resolver<ResolversTypes['ResetPasswordPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  signIn?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType, RequireFields<MutationSignOutArgs, 'input'>>;
  signUp?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationSignUpArgs, 'input'>>;
  verifyEmail?: Resolver<ResolversTypes['VerifyEmailPayload'], ParentType, ContextType, RequireFields<MutationVerifyEmailArgs, 'input'>>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  endedSessions?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type RequestPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RequestPayload'] = ResolversParentTypes['RequestPayload']> = {
  requested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SessionInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SessionInfo'] = ResolversParentTypes['SessionInfo']> = {
  client?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SessionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SessionPayload'] = ResolversParentTypes['SessionPayload']> = {
  nextStep?: Resolver<Maybe<ResolversTypes['SessionStep']>, ParentType, ContextType>;
  session?: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType>;
};

export type SessionStepResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SessionStep'] = ResolversParentTypes['SessionStep']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  signedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerificationToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  passwordResetToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['SessionInfo']>>, ParentType, ContextType>;
};

export type VerifyEmailPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['VerifyEmailPayload'] = ResolversParentTypes['VerifyEmailPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  EndSessionPayload?: EndSessionPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RequestPayload?: RequestPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionInfo?: SessionInfoResolvers<ContextType>;
  SessionPayload?: SessionPayloadResolvers<ContextType>;
  SessionStep?: SessionStepResolvers<ContextType>;
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  VerifyEmailPayload?: VerifyEmailPayloadResolvers<ContextType>;
};

