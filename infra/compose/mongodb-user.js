// The user that our services are; run once, when there are no data yet.
db.getSiblingDB('earshot').createUser({
  user: 'earshot',
  pwd: process.env.EARSHOT_PASSWORD,
  roles: ['readWrite'],
})
