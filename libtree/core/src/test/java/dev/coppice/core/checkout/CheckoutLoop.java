package dev.coppice.core.checkout;

import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.Path;

/** Checks out over and over into new directories, as a process that can be killed. */
final class CheckoutLoop {
  private CheckoutLoop() {}

  /** Takes the repository and the directory for the checkouts; tells when it starts. */
  public static void main(String[] args) throws IOException {
    try (Repo repo = Repo.open(Path.of(args[0]))) {
      System.out.write('r');
      System.out.flush();
      for (int i = 0; ; i++) {
        Path destination = Path.of(args[1], Integer.toString(i));
        var request =
            CheckoutRequest.of(repo.resolve("tree"), destination, CheckoutKillTest.OPTIONS);
        Checkout.run(repo, request);
      }
    }
  }
}
