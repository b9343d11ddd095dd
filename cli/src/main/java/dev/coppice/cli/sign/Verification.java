package dev.coppice.cli.sign;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.sign.CommitSignatures;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.KeyVerifier;
import dev.coppice.sign.PublicKeys;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that signatures are held against. Source: {@code ostree_builtin_sign}: named keys come
 * first, then a file; without both, the keys of the system or of a directory.
 */
public record Verification(List<String> keys, Optional<Path> file, Optional<Path> directory) {
  /**
   * What came of it.
   *
   * @param refusal why no signature counts; null when one does
   */
  record Outcome(
      Checksum commit, SignatureType type, SignatureReport report, @Nullable Failure refusal) {
    void print(Context context, JsonOption option) {
      if (option.json()) {
        JsonWriter json = option.writer(context).object();
        json.field("commit", commit.hex()).field("type", type.id());
        json.field("verified", refusal == null);
        json.array("signatures");
        new SignatureOutput(report).elements(json);
        json.end().end();
      } else if (refusal == null) {
        context.console().println(report.message());
      }
      if (refusal != null) {
        throw refusal;
      }
    }
  }

  /**
   * What is signed.
   *
   * @param unsigned the real tool's words about a missing signature
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Subject(String unsigned, byte[] bytes, Signatures signatures) {}

  /**
   * What came of the signatures of something.
   *
   * @param refusal why no signature counts; null when one does
   */
  public record Judgement(SignatureReport report, @Nullable Failure refusal) {}

  /** Verifies the signatures of a type. */
  Outcome run(SignatureType type, KeyPlaces places, CommitSignatures there) throws IOException {
    Judgement judgement =
        judge(
            type,
            places,
            new Subject("commit have no signatures of my type", there.bytes(), there.signatures()));
    return new Outcome(there.commit(), type, judgement.report(), judgement.refusal());
  }

  /** Verifies the signatures of a type. */
  public Judgement judge(SignatureType type, KeyPlaces places, Subject subject) throws IOException {
    List<Failure> refusals = new ArrayList<>();
    SignatureReport last = SignatureReport.NONE;
    for (PublicKeys trusted : sources(type, places, refusals)) {
      try {
        if (!subject.signatures().has(type)) {
          throw unsigned(type, subject.unsigned());
        }
        SignatureReport report =
            new KeyVerifier(trusted, places).verify(subject.bytes(), subject.signatures().of(type));
        if (report.accepted()) {
          return new Judgement(report, null);
        }
        last = report;
        report.requireAccepted();
      } catch (Failure e) {
        refusals.add(e);
      }
    }
    return new Judgement(last, refusal(refusals));
  }

  /** With keys on the command line alone, the real tool does not say which of them failed how. */
  private Failure refusal(List<Failure> refusals) {
    Failure last = refusals.getLast();
    if (!keys.isEmpty() && file.isEmpty()) {
      return new Failure(
          last.code(),
          "No valid signatures found",
          last.getMessage() + ". " + last.nextStep(),
          last);
    }
    return last;
  }

  private static Failure unsigned(SignatureType type, String what) {
    return new Failure(
        ErrorCode.SIGNATURE_MISSING,
        type.id() + ": " + what,
        "Have it signed with --sign-type=" + type.id() + ", or verify another type");
  }

  /** One set of keys after the other; what cannot be read is put with the refusals. */
  private List<PublicKeys> sources(SignatureType type, KeyPlaces places, List<Failure> refusals)
      throws IOException {
    List<PublicKeys> sources = new ArrayList<>();
    for (String key : keys) {
      try {
        sources.add(PublicKeys.none(type).with(key));
      } catch (Failure e) {
        refusals.add(e);
      }
    }
    try {
      if (file.isPresent()) {
        sources.add(PublicKeys.ofFile(type, file.get()));
      } else if (keys.isEmpty() && directory.isPresent()) {
        sources.add(PublicKeys.ofDirectories(type, List.of(directory.get())));
      } else if (keys.isEmpty()) {
        sources.add(PublicKeys.ofSystem(type, places));
      }
    } catch (Failure e) {
      refusals.add(e);
    }
    return sources;
  }

  /** Takes away the signatures that one of the keys made; returns their number. */
  int delete(SignatureType type, KeyPlaces places, CommitSignatures there) throws IOException {
    List<Failure> unreadable = new ArrayList<>();
    List<PublicKeys> sources = sources(type, places, unreadable);
    if (!unreadable.isEmpty()) {
      throw unreadable.getFirst();
    }
    Signatures left = there.signatures();
    int deleted = 0;
    for (int i = left.of(type).size() - 1; i >= 0; i--) {
      List<byte[]> one = List.of(left.of(type).get(i));
      boolean theirs = false;
      for (PublicKeys keys : sources) {
        theirs |= new KeyVerifier(keys, places).verify(there.bytes(), one).accepted();
      }
      if (theirs) {
        left = left.without(type, i);
        deleted++;
      }
    }
    if (deleted > 0) {
      there.replace(left);
    }
    return deleted;
  }
}
