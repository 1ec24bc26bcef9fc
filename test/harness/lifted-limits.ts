/** Settings under which suites that are not about limits meet none. */
const lifted = '1000000/s'

export const liftedAccountLimits = {
  SIGN_IN_PAIR_RATE: lifted,
  SIGN_IN_ACCOUNT_RATE: lifted,
  SIGN_IN_ADDRESS_RATE: lifted,
  SIGN_UP_NETWORK_RATE: lifted,
  MAIL_REQUEST_ACCOUNT_RATE: lifted,
  MAIL_REQUEST_NETWORK_RATE: lifted,
  PASSWORD_QUEUE: '1000000',
} as const
