package dev.coppice.cli.admin;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Ids;
import dev.coppice.sysroot.Host;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.SysrootLock;
import dev.coppice.sysroot.SysrootRequest;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.deploy.DeploymentList;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A system root that is open, loaded, and locked where it is to be changed. */
final class AdminSession implements AutoCloseable {
  private final Sysroot sysroot;
  private final @Nullable SysrootLock lock;
  private final SysrootState state;
  private final Consumer<SysrootEvent> events;

  private AdminSession(
      Sysroot sysroot,
      @Nullable SysrootLock lock,
      SysrootState state,
      Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.lock = lock;
    this.state = state;
    this.events = events;
  }

  /** Opens for reading; anybody may. */
  static AdminSession reading(SysrootOption option, Context context) throws IOException {
    Sysroot sysroot = open(option, context);
    try {
      return new AdminSession(sysroot, null, sysroot.load(), new EventText(context));
    } catch (IOException | RuntimeException e) {
      close(sysroot, e);
      throw e;
    }
  }

  /**
   * Opens for changes: takes the lock first, so that what is loaded stays true.
   *
   * @throws Failure when the system runs from this root and the user is not root
   */
  static AdminSession changing(SysrootOption option, Context context) throws IOException {
    var events = new EventText(context);
    Sysroot sysroot = open(option, context);
    try {
      SysrootLock lock = sysroot.lock(() -> events.accept(new SysrootEvent.WaitingForLock()));
      try {
        SysrootState state = sysroot.load();
        if (state.booted().isPresent() && Ids.geteuid() != 0) {
          throw new Failure(
              ErrorCode.USAGE, "You must be root to perform this command", "Use sudo or su.");
        }
        return new AdminSession(sysroot, lock, state, events);
      } catch (IOException | RuntimeException e) {
        close(lock, e);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      close(sysroot, e);
      throw e;
    }
  }

  private static Sysroot open(SysrootOption option, Context context) throws IOException {
    return Sysroot.open(
        new SysrootRequest(
            option.path(context), SysrootFlag.of(context.environment().variables()), Host.RUNNING));
  }

  private static void close(AutoCloseable resource, Exception failure) {
    try {
      resource.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  Sysroot sysroot() {
    return sysroot;
  }

  SysrootState state() {
    return state;
  }

  Consumer<SysrootEvent> events() {
    return events;
  }

  DeploymentList list() {
    return new DeploymentList(sysroot, state, events);
  }

  @Override
  public void close() throws IOException {
    try (Sysroot closing = sysroot;
        SysrootLock unlocking = lock) {
      // In reverse order: unlocking, closing.
    }
  }
}
