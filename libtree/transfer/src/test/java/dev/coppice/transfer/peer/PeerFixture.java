package dev.coppice.transfer.peer;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.transfer.mdns.DnsName;
import dev.coppice.transfer.mdns.DnsRecord;
import dev.coppice.transfer.mdns.Link;
import dev.coppice.transfer.mdns.RecordData;
import dev.coppice.transfer.mdns.Responder;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import dev.coppice.transfer.remote.RemoteAccess.Overrides;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * An origin of the real tool, a client that knows Alice's key, drives, and machines on the loopback
 * interface that announce what a server serves.
 */
abstract class PeerFixture {
  static final CollectionRef MAIN = ref("org.example.Os", "main");

  final List<LeftOut> failed = new ArrayList<>();

  /** Where the network is asked: nowhere, unless a test says so. */
  List<Link> links = List.of();

  RealOstree ostree;
  Gpg gpg;
  TempTree temp;
  String alice;
  Path origin;
  Path client;

  @BeforeEach
  void setUp() throws IOException {
    ostree = RealOstree.require();
    gpg = Gpg.require();
    temp = TempTree.create();
    alice = gpg.key("Alice <alice@example.org>");
    origin = temp.path("origin");
    ostree.on(origin, "init", "--mode=archive", "--collection-id=org.example.Os");
    client = temp.path("client");
    ostree.on(client, "init", "--mode=archive");
    remote("os", origin.toString(), "org.example.Os");
    Files.write(client.resolve("os.trustedkeys.gpg"), gpg.export(alice));
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      gpg.close();
      temp.close();
    }
  }

  static CollectionRef ref(String collection, String name) {
    return new CollectionRef(CollectionId.of(collection), RefName.of(name));
  }

  void remote(String name, String path, String collection) {
    ostree.on(client, "remote", "add", name, "file://" + path, "--collection-id=" + collection);
  }

  /** Commits to the origin at a second of 2026, and makes its summary. */
  Checksum commit(String branch, int second, String key, String... options) {
    temp.tree("tree").file("file", branch + second);
    List<String> command = new ArrayList<>(List.of("commit", "-b", branch, "--owner-uid=0"));
    command.addAll(
        List.of("--owner-gid=0", "--no-xattrs", "--timestamp=@" + (1_770_000_000 + second)));
    if (!key.isEmpty()) {
      command.addAll(List.of("--gpg-sign=" + key, "--gpg-homedir=" + gpg.home()));
    }
    command.addAll(List.of(options));
    command.add(temp.path("tree").toString());
    String commit = ostree.on(origin, command.toArray(String[]::new));
    ostree.on(origin, "summary", "-u");
    return Checksum.ofHex(commit);
  }

  /** A drive with refs of the origin, filled by the real tool. */
  Path drive(String name, String... options) throws IOException {
    Path mount = Files.createDirectories(temp.path(name));
    List<String> command = new ArrayList<>(List.of("create-usb"));
    command.addAll(List.of(options));
    command.addAll(List.of(mount.toString(), "org.example.Os", "main"));
    ostree.on(origin, command.toArray(String[]::new));
    return mount;
  }

  SearchResult search(Finder finder, Path... drives) throws IOException {
    return search(EnumSet.of(finder), List.of(MAIN), drives);
  }

  SearchResult search(EnumSet<Finder> finders, List<CollectionRef> refs, Path... drives)
      throws IOException {
    try (Repo repo = Repo.open(client)) {
      var scope = new RemoteSearch.Scope(finders, List.of(drives), links, Overrides.NONE);
      return new RemoteSearch(repo, Remotes.of(repo), scope).run(refs);
    }
  }

  void pull(SearchResult found) throws IOException {
    try (Repo repo = Repo.open(client)) {
      var manner = new FoundPull.Manner(false, FsyncPolicy.NONE, Overrides.NONE);
      new FoundPull(repo, Remotes.of(repo), manner).run(found.remotes(), _ -> {}, failed::add);
    }
  }

  Optional<Checksum> pulled() throws IOException {
    Path file = client.resolve("refs/remotes/os/main");
    return Files.exists(file)
        ? Optional.of(Checksum.ofHex(Files.readString(file).strip()))
        : Optional.empty();
  }

  List<String> objects() throws IOException {
    try (Stream<Path> files = Files.walk(client.resolve("objects"))) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  /** Machines on the loopback interface that announce what the server serves, each at a number. */
  Responder network(FaultServer server, int... numbers) throws IOException {
    DnsName type = DnsName.of("_ostree_repo._tcp.local");
    DnsName host = DnsName.of("peer.local");
    List<DnsRecord> records = new ArrayList<>();
    for (int number : numbers) {
      DnsName name = type.child("Updates " + number);
      records.add(new DnsRecord(type, 120, new RecordData.Pointer(name)));
      records.add(new DnsRecord(name, 120, new RecordData.Service(host, server.uri().getPort())));
      records.add(new DnsRecord(name, 120, new RecordData.Text(announcement(number))));
    }
    InetAddress address = InetAddress.ofLiteral("127.0.0.1");
    records.add(new DnsRecord(host, 120, new RecordData.Address(address)));
    Responder responder = Responder.of(records);
    links = List.of(responder.link());
    return responder;
  }

  private static List<byte[]> announcement(int number) {
    return List.of(
        new byte[] {'v', '=', 1},
        new byte[] {'r', 'b', '=', 1, 1, -1},
        new byte[] {'s', 't', '=', 0, 0, 0, 0, 0, 0, 0, 1},
        new byte[] {'r', 'i', '=', 0, (byte) number});
  }

  /** The origin as the repository 0 of a server. */
  FaultServer server() throws IOException {
    Path root = Files.createDirectories(temp.path("served"));
    if (!Files.exists(root.resolve("0"))) {
      Files.createSymbolicLink(root.resolve("0"), origin);
    }
    return FaultServer.start(root);
  }
}
