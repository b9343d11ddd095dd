package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes, of an open file or by name without following a symbolic link.
 *
 * <p>A descriptor opened with O_PATH cannot be asked; use its directory and name. By name goes
 * through {@code /proc/self/fd}, because the kernel has no xattr calls relative to a directory
 * before Linux 6.13. Names are full ("user.comment"). A file system without attributes reads as one
 * where no file has any.
 */
public final class Xattrs {
  /** The kernel's limit of a value and of a list of names. */
  private static final int LARGEST = 64 * 1024;

  /** First try: the kernel allocates and clears as much as it is offered. */
  private static final int USUAL = 1024;

  private static final int XATTR_CREATE = 1;
  private static final int XATTR_REPLACE = 2;

  private Xattrs() {}

  /** Whether {@link #set} may create, replace, or both. */
  public enum Existing {
    /** Create or replace. */
    ANY(0),
    /** Only create: EEXIST when it exists. */
    CREATE_ONLY(XATTR_CREATE),
    /** Only replace: ENODATA when it does not exist. */
    REPLACE_ONLY(XATTR_REPLACE);

    private final int flags;

    Existing(int flags) {
      this.flags = flags;
    }
  }

  // ---- of an open file

  /** All names, in the file system's order. */
  public static List<String> list(Fd file) throws IOException {
    return list(new Target(file, null));
  }

  /** All names with their values, in the file system's order. */
  public static List<NameValue> readAll(Fd file) throws IOException {
    return readAll(new Target(file, null));
  }

  /** One value, or null when the file does not have it. */
  public static byte @Nullable [] get(Fd file, String name) throws IOException {
    return get(new Target(file, null), name);
  }

  /** Creates or replaces one. */
  public static void set(Fd file, String name, byte[] value) throws IOException {
    set(new Target(file, null), new NameValue(name, value), Existing.ANY);
  }

  /** Creates or replaces one, as {@code existing} allows. */
  public static void set(Fd file, NameValue attribute, Existing existing) throws IOException {
    set(new Target(file, null), attribute, existing);
  }

  /** Removes one; false when the file does not have it. */
  public static boolean remove(Fd file, String name) throws IOException {
    return remove(new Target(file, null), name);
  }

  // ---- by name

  /** All names, in the file system's order. */
  public static List<String> list(Fd dir, String path) throws IOException {
    return list(new Target(dir, path));
  }

  /** All names with their values, in the file system's order. */
  public static List<NameValue> readAll(Fd dir, String path) throws IOException {
    return readAll(new Target(dir, path));
  }

  /** One value, or null when the file does not have it. */
  public static byte @Nullable [] get(Fd dir, String path, String name) throws IOException {
    return get(new Target(dir, path), name);
  }

  /** Creates or replaces one. */
  public static void set(Fd dir, String path, String name, byte[] value) throws IOException {
    set(new Target(dir, path), new NameValue(name, value), Existing.ANY);
  }

  /** Removes one; false when the file does not have it. */
  public static boolean remove(Fd dir, String path, String name) throws IOException {
    return remove(new Target(dir, path), name);
  }

  // ---- both

  /** An open file, or with a path a name in an open directory. */
  private record Target(Fd fd, @Nullable String path) {
    int pick(int byDescriptor, int byName) {
      return path == null ? byDescriptor : byName;
    }

    /** The first argument of the call. */
    long argument(Scratch scratch) throws PosixException {
      return path == null ? fd.number() : scratch.pathBelow(fd, path);
    }

    String describe(String attribute) {
      String file = path == null ? fd.describe() : path;
      return attribute.isEmpty() ? file : file + ", " + attribute;
    }

    PosixException failure(long result, String call, String attribute) {
      String prefix = path == null ? "f" : "l";
      return new PosixException((int) -result, prefix + call, describe(attribute));
    }
  }

  private static List<NameValue> readAll(Target target) throws IOException {
    var names = list(target);
    if (names.isEmpty()) {
      return List.of();
    }
    var attributes = new ArrayList<NameValue>(names.size());
    for (var name : names) {
      byte[] value = get(target, name);
      if (value != null) { // else removed since the list was read
        attributes.add(new NameValue(name, value));
      }
    }
    return attributes;
  }

  private static List<String> list(Target target) throws IOException {
    var scratch = Scratch.get();
    int call = target.pick(CallNumber.FLISTXATTR, CallNumber.LLISTXATTR);
    long argument = target.argument(scratch);
    var memory = scratch.struct;
    long result = Syscall.call(scratch, call, argument, memory.address(), memory.byteSize());
    if (result == 0 || Syscall.is(result, Errno.EOPNOTSUPP)) {
      return List.of();
    }
    if (Syscall.is(result, Errno.ERANGE)) {
      memory = scratch.transfer();
      result = Syscall.call(scratch, call, argument, memory.address(), LARGEST);
    }
    if (result < 0) {
      throw target.failure(result, "listxattr", "");
    }
    return split(bytes(memory, result));
  }

  private static List<String> split(byte[] bytes) {
    var names = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        names.add(PosixNames.decode(bytes, start, i - start));
        start = i + 1;
      }
    }
    return names;
  }

  private static byte @Nullable [] get(Target target, String name) throws IOException {
    var scratch = Scratch.get();
    int call = target.pick(CallNumber.FGETXATTR, CallNumber.LGETXATTR);
    long argument = target.argument(scratch);
    long attribute = scratch.otherPath(name);
    var memory = scratch.transfer();
    long result = Syscall.call(scratch, call, argument, attribute, memory.address(), USUAL);
    if (Syscall.is(result, Errno.ERANGE)) {
      result = Syscall.call(scratch, call, argument, attribute, memory.address(), LARGEST);
    }
    if (Syscall.is(result, Errno.ENODATA) || Syscall.is(result, Errno.EOPNOTSUPP)) {
      return null;
    }
    if (result < 0) {
      throw target.failure(result, "getxattr", name);
    }
    return bytes(memory, result);
  }

  private static void set(Target target, NameValue attribute, Existing existing)
      throws IOException {
    byte[] value = attribute.value();
    if (value.length > LARGEST) {
      throw new PosixException(Errno.E2BIG.number(), "setxattr", target.describe(attribute.name()));
    }
    var scratch = Scratch.get();
    var memory = scratch.transfer();
    MemorySegment.copy(value, 0, memory, JAVA_BYTE, 0, value.length);
    long result =
        Syscall.call(
            scratch,
            target.pick(CallNumber.FSETXATTR, CallNumber.LSETXATTR),
            target.argument(scratch),
            scratch.otherPath(attribute.name()),
            memory.address(),
            value.length,
            existing.flags);
    if (result < 0) {
      throw target.failure(result, "setxattr", attribute.name());
    }
  }

  private static boolean remove(Target target, String name) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch,
            target.pick(CallNumber.FREMOVEXATTR, CallNumber.LREMOVEXATTR),
            target.argument(scratch),
            scratch.otherPath(name));
    if (Syscall.is(result, Errno.ENODATA)) {
      return false;
    }
    if (result < 0) {
      throw target.failure(result, "removexattr", name);
    }
    return true;
  }

  private static byte[] bytes(MemorySegment memory, long length) {
    var bytes = new byte[(int) length];
    MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, bytes.length);
    return bytes;
  }
}
