package dev.coppice.transfer.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.SignedSuperblock;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.SignedSource.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deltas with signatures, and those that should have them. The commit itself is always signed. */
class SignedDeltaTest {
  private final KeyPair key = KeyPair.generate();
  private DeltaFixture fixture;
  private DeltaName name;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new DeltaFixture(RealOstree.require());
    signCommit(fixture.first);
    signCommit(fixture.second);
    fixture.point(fixture.second);
    name = fixture.delta(fixture.first, fixture.second, "--min-fallback-size=0");
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private static List<Signer> by(KeyPair pair) throws IOException {
    return List.of(new Signers(SignatureType.ED25519, KeyPlaces.system()).of(pair.secret()));
  }

  private Path object(Checksum commit, String type) {
    String hex = commit.hex();
    return fixture.source.resolve("objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + type);
  }

  private void signCommit(Checksum commit) throws IOException {
    byte[] bytes = Files.readAllBytes(object(commit, ".commit"));
    Files.write(
        object(commit, ".commitmeta"), Signatures.empty().signedBy(by(key), bytes).encode());
  }

  /** Puts signatures around the superblock. */
  private void signDelta(KeyPair pair) throws IOException {
    Path file = fixture.source.resolve(name.superblock());
    byte[] bytes = Files.readAllBytes(file);
    byte[] signatures = Signatures.empty().signedBy(by(pair), bytes).encode();
    write(bytes, signatures);
  }

  private void write(byte[] superblock, byte[] signatures) throws IOException {
    var signed =
        new SignedSuperblock(
            Variant.ofBytes(superblock), Variant.of(VariantType.DICTIONARY, signatures));
    Files.write(fixture.source.resolve(name.superblock()), signed.encode());
    fixture.summary();
  }

  private Path client(boolean remoteVerifies, boolean deltasMustBeSigned) throws IOException {
    Path client = fixture.client("client", "bare-user", "file://" + fixture.source, fixture.first);
    if (remoteVerifies) {
      fixture.ostree.on(client, "config", "set", "remote \"up\".sign-verify", "ed25519");
      fixture.ostree.on(
          client, "config", "set", "remote \"up\".verification-ed25519-key", key.open());
    }
    if (deltasMustBeSigned) {
      fixture.ostree.on(client, "config", "set", "core.sign-verify-deltas", "true");
    }
    return client;
  }

  private void accepted(Path client) throws IOException {
    assertThat(fixture.pull(client, Option.REQUIRE_STATIC_DELTAS).deltaParts()).isEqualTo(1);
    assertThat(fixture.fsck(client)).isEmpty();
    assertThat(fixture.head(client)).isEqualTo(fixture.second.hex());
  }

  private void refused(Path client, ErrorCode code) {
    assertThatThrownBy(() -> fixture.pull(client, Option.REQUIRE_STATIC_DELTAS))
        .isInstanceOfSatisfying(TreeException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(fixture.head(client)).isEqualTo(fixture.first.hex());
    assertThat(fixture.fsck(client)).isEmpty();
  }

  @Test
  void signedByTheKeyOfTheRemote() throws IOException {
    signDelta(key);
    accepted(client(true, true));
  }

  @Test
  void unsignedWhereOnlyCommitsMustBeSigned() throws IOException {
    accepted(client(true, false));
  }

  @Test
  void unsignedWhereDeltasMustBeSigned() throws IOException {
    refused(client(true, true), ErrorCode.SIGNATURE_MISSING);
  }

  @Test
  void signedBySomebodyElse() throws IOException {
    signDelta(KeyPair.generate());
    refused(client(true, false), ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void signedAndThenChanged() throws IOException {
    signDelta(key);
    Path file = fixture.source.resolve(name.superblock());
    SignedSuperblock signed = SignedSuperblock.decode(Files.readAllBytes(file));
    byte[] bytes = signed.superblock().asBytes();
    bytes[bytes.length - 20] ^= 1;
    write(bytes, signed.signatures().serialized());
    assertThatThrownBy(() -> fixture.pull(client(true, false), Option.REQUIRE_STATIC_DELTAS))
        .isInstanceOf(TreeException.class);
  }

  @Test
  void signedWhereNoKeyIsKnown() throws IOException {
    signDelta(key);
    accepted(client(false, false));
  }

  @Test
  void signaturesDemandedWhereNoKeyIsKnown() throws IOException {
    signDelta(key);
    refused(client(false, true), ErrorCode.KEY_INVALID);
  }

  /** The real tool of a newer version, where it was built with signatures. */
  @Test
  void signedByRealTools() throws IOException {
    for (RealOstree real : RealOstree.requireFeature("sign-ed25519")) {
      TempTree.delete(fixture.source.resolve("deltas"));
      real.on(
          fixture.source,
          "static-delta",
          "generate",
          "--from=" + fixture.first,
          "--to=" + fixture.second,
          "--min-fallback-size=0",
          "--sign-type=ed25519",
          "--sign=" + key.secret());
      fixture.summary();
      Path file = fixture.source.resolve(name.superblock());
      assertThat(SignedSuperblock.isSigned(Files.readAllBytes(file))).isTrue();
      accepted(client(true, true));
      TempTree.delete(fixture.temp.path("client"));
    }
  }
}
