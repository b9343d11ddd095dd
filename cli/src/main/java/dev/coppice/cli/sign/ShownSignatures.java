package dev.coppice.cli.sign;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.Context;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.CommitSignatures;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.openpgp.OpenPgpVerifier;
import dev.coppice.sign.trust.Keyrings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of a commit as {@code show} tells of them: OpenPGP ones are judged, of others only
 * JSON says that they are there.
 *
 * @param home a directory of gpg whose keys count as well
 * @param remote the remote whose keys count instead of those of all remotes
 */
public record ShownSignatures(
    Context context, Repo repo, @Nullable String home, @Nullable String remote) {
  /** Prints what is known of OpenPGP signatures; nothing where there are none. */
  public void text(Console console, Checksum commit) throws IOException {
    CommitSignatures there = CommitSignatures.read(repo, commit);
    if (there.signatures().has(SignatureType.GPG)) {
      var output = new SignatureOutput(judged(there));
      output.text(console, "");
      output.warn(console);
    }
  }

  /** Adds the field {@code signatures}, an array. */
  public void json(JsonWriter json, Checksum commit) throws IOException {
    CommitSignatures there = CommitSignatures.read(repo, commit);
    boolean judged = there.signatures().has(SignatureType.GPG);
    json.array("signatures");
    new SignatureOutput(judged ? judged(there) : SignatureReport.NONE).elements(json);
    for (SignatureType type : SignatureType.NAMED) {
      there
          .signatures()
          .of(type)
          .forEach(each -> json.object().field("type", type.id()).field("judged", false).end());
    }
    json.end();
  }

  private SignatureReport judged(CommitSignatures there) throws IOException {
    return there.verify(new OpenPgpVerifier(keys()));
  }

  private Keyring keys() throws IOException {
    return remote == null
        ? Keyrings.ofRepository(repo, Keys.places(context), Keys.directory(context, home))
        : Keyrings.ofRemote(Remotes.of(repo), remote, Keys.places(context));
  }
}
