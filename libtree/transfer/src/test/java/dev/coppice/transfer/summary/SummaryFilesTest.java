package dev.coppice.transfer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees that reads the signature, waits, and reads the summary. */
class SummaryFilesTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OLD_GPG = {1};
  private static final byte[] NEW_GPG = {2};

  private KeyPair key;
  private TempTree temp;
  private Repo repo;

  @BeforeEach
  void setUp() throws IOException, GeneralSecurityException {
    key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    temp = TempTree.create();
    repo = Init.run(new InitRequest(temp.path("repo"), RepoMode.ARCHIVE, Optional.empty()));
  }

  @AfterEach
  void tearDown() throws IOException {
    repo.close();
    temp.close();
  }

  private byte[] sign(byte[] summary) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(summary);
    return signature.sign();
  }

  private byte[] file(byte[] summary, byte[] gpg) throws GeneralSecurityException {
    return Signatures.empty()
        .with(SignatureType.ED25519, sign(summary))
        .with(SignatureType.GPG, gpg)
        .encode();
  }

  /** As clients do: one good signature is enough. */
  private boolean fits(byte[] summary, byte[] signatures) throws GeneralSecurityException {
    for (byte[] each : Signatures.parse(signatures).of(SignatureType.ED25519)) {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key.getPublic());
      signature.update(summary);
      if (signature.verify(each)) {
        return true;
      }
    }
    return false;
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(repo.path().resolve(name));
  }

  @Test
  void signatureThatWasReadFirstFitsTheSummaryThatIsReadLater() throws Exception {
    var slow = new SummaryFiles(repo, Duration.ofMillis(600));
    slow.replace(OLD, Optional.of(file(OLD, OLD_GPG)));
    byte[] before = read(Summary.SIGNATURE_FILE);
    var failed = new Throwable[1];
    Thread update =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    slow.replace(NEW, Optional.of(file(NEW, NEW_GPG)));
                  } catch (IOException | GeneralSecurityException e) {
                    failed[0] = e;
                  }
                });
    byte[] bridge = before;
    while (Arrays.equals(bridge, before)) {
      bridge = read(Summary.SIGNATURE_FILE);
    }
    byte[] between = read(Summary.FILE);
    update.join();
    byte[] after = read(Summary.SIGNATURE_FILE);

    assertThat(failed[0]).isNull();
    assertThat(between).isEqualTo(OLD);
    assertThat(fits(OLD, bridge)).isTrue();
    assertThat(fits(NEW, bridge)).isTrue();
    // gpg stops at the first bad one.
    assertThat(Signatures.parse(bridge).of(SignatureType.GPG))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(OLD_GPG);
    // Another file than the bridge, or clients would take what they cached with it for new.
    assertThat(after).isEqualTo(file(NEW, NEW_GPG)).isNotEqualTo(bridge);
    assertThat(read(Summary.FILE)).isEqualTo(NEW);
  }

  @Test
  void withoutATimeToSettleThereIsNoBridge() throws Exception {
    var quick = new SummaryFiles(repo, Duration.ZERO);
    quick.replace(OLD, Optional.of(file(OLD, OLD_GPG)));
    quick.replace(NEW, Optional.of(file(NEW, NEW_GPG)));

    assertThat(quick.hold(NEW, Optional.of(file(NEW, NEW_GPG)))).isTrue();
    assertThat(quick.hold(OLD, Optional.of(file(NEW, NEW_GPG)))).isFalse();
    quick.replace(OLD, Optional.empty());
    assertThat(quick.hold(OLD, Optional.empty())).isTrue();
    assertThat(BridgeSignatures.between(new byte[] {1, 2, 3}, file(NEW, NEW_GPG))).isEmpty();
    assertThat(List.of(temp.path("repo/tmp").toFile().list())).isEmpty();
  }
}
