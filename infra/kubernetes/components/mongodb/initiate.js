// Makes the members one replica set, and the user that our services are. Run again, it only adds what is missing.
const secret = (name) => encodeURIComponent(fs.readFileSync(`/run/secrets/stores/${name}`, 'utf8').trim())
const host = (number) => `mongodb-${number}.mongodb-members:27017`
db = connect(`mongodb://root:${secret('MONGODB_ROOT_PASSWORD')}@${host(0)}/admin?directConnection=true`)

const notYetInitialized = 94
try {
  rs.status()
} catch (error) {
  if (error.code !== notYetInitialized) throw error
  // One alone: the others may have data by now (their own root user), and join by throwing it away.
  rs.initiate({ _id: 'earshot', members: [{ _id: 0, host: host(0) }] })
}
while (!db.hello().isWritablePrimary) sleep(500)
for (let number = 1; number < Number(process.env.MEMBERS); number += 1) {
  const known = rs.conf().members.some((member) => member.host === host(number))
  if (!known) rs.add(host(number))
}
const earshot = db.getSiblingDB('earshot')
if (earshot.getUser('earshot') === null) {
  const pwd = decodeURIComponent(secret('MONGODB_PASSWORD'))
  earshot.createUser({ user: 'earshot', pwd, roles: ['readWrite'] })
}
