import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB server in one process and one file, for machines that cannot have the real one. Usage: LocalMongo FILE PORT
 * [ADDRESS], which is the loopback address where it is not given.
 *
 * <p>The backend commits now and then; here every reply follows its commit, so that a killed server has kept whatever
 * it acknowledged, and what its disk has no room for is answered by an error. The store must not commit by itself for
 * that: it does so in the background, and a commit that finds nothing left to do would not wait for it.
 */
public final class LocalMongo extends H2Backend {
  private static final int CACHE_MEGABYTES = 64;

  private LocalMongo(MVStore store) {
    super(store);
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    Document reply = super.handleMessage(message);
    commit();
    return reply;
  }

  /** The library's newest version speaks wire version 8; the Node driver asks for 9, of MongoDB 4.4, or more. */
  private enum Version implements MongoVersion {
    DRIVER_MINIMUM;

    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  }

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEGABYTES)
            .autoCommitDisabled()
            .open();
    LocalMongo backend = new LocalMongo(store);
    backend.version(Version.DRIVER_MINIMUM);
    MongoServer server = new MongoServer(backend);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
    server.bind(arguments.length > 2 ? arguments[2] : "127.0.0.1", port);
  }
}
