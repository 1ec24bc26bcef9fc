/** Settings under which suites that are not about limits meet none. */
const lifted = '1000000/s'

export const liftedAccountLimits = {
  SIGN_IN_PAIR_RATE: lifted,
  SIGN_IN_ACCOUNT_RATE: lifted,
  SIGN_IN_ADDRESS_RATE: lifted,
  SIGN_IN_NETWORK_RATE: lifted,
  SIGN_UP_NETWORK_RATE: lifted,
  GUEST_ADDRESS_RATE: lifted,
  GUEST_NETWORK_RATE: lifted,
  MAIL_REQUEST_ACCOUNT_RATE: lifted,
  REFRESH_RATE: lifted,
  MAIL_REQUEST_NETWORK_RATE: lifted,
  PASSWORD_QUEUE: '1000000',
} as const

const plenty = '1000000000000'

export const liftedMediaLimits = {
  UPLOAD_ACCOUNT_RATE: lifted,
  UPLOAD_ADDRESS_RATE: lifted,
  CONVERSION_ACCOUNT_RATE: lifted,
  CONVERSION_ADDRESS_RATE: lifted,
  MOST_UPLOADS_UNDER_WAY: plenty,
  MOST_UPLOAD_BYTES_UNDER_WAY: plenty,
  MOST_CONVERSIONS_UNFINISHED: plenty,
  UPLOADED_BYTES_A_DAY: plenty,
  AUDIO_MINUTES_A_DAY: '1000000000',
  STORED_BYTES_A_DAY: plenty,
  TRIAL_AUDIO_MINUTES_A_DAY: '1000000000',
  TRIAL_UPLOADED_BYTES_A_DAY: plenty,
} as const

/** Settings of the router that let one address and one user ask and connect as often as a suite needs. */
export const liftedRouterLimits = {
  MAX_CONNECTIONS_PER_ADDRESS: '100000',
  SOCKETS_PER_ADDRESS: '100000',
  SOCKETS_PER_USER: '100000',
  SUBSCRIPTIONS_PER_USER: '100000',
  MESSAGES_PER_SECOND_PER_ADDRESS: '1000000000',
  COST_PER_SECOND_PER_ADDRESS: '1000000000',
  COST_PER_SECOND_PER_USER: '1000000000',
} as const
