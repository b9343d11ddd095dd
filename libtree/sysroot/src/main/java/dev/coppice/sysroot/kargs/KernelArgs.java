package dev.coppice.sysroot.kargs;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kernel command line as an immutable value; editing gives a new one.
 *
 * <p>Source: {@code ostree-kernel-args.c}. Words are separated by single blanks, except between
 * double quotes; empty words are dropped. The order is kept.
 *
 * @param args the arguments in order
 */
public record KernelArgs(List<KernelArg> args) {
  /** No arguments. */
  public static final KernelArgs NONE = new KernelArgs(List.of());

  /** Copies the list. */
  public KernelArgs {
    args = List.copyOf(args);
  }

  /** The arguments of a line; none for null, as in an entry without options. */
  public static KernelArgs parse(@Nullable String line) {
    return line == null ? NONE : NONE.append(line);
  }

  /** Adds every word of a text at the end, whether or not its key is there already. */
  public KernelArgs append(String text) {
    var changed = new ArrayList<>(args);
    for (String word : split(text)) {
      changed.add(KernelArg.parse(word));
    }
    return new KernelArgs(changed);
  }

  /** {@link #append(String)} for each text. */
  public KernelArgs appendAll(List<String> texts) {
    KernelArgs changed = this;
    for (String text : texts) {
      changed = changed.append(text);
    }
    return changed;
  }

  /**
   * Puts one argument in the place of all that have its key, or at the end. The text is one
   * argument, blanks and all.
   */
  public KernelArgs replace(String text) {
    KernelArg arg = KernelArg.parse(text);
    var changed = new ArrayList<KernelArg>(args.size() + 1);
    boolean placed = false;
    for (KernelArg each : args) {
      if (!each.key().equals(arg.key())) {
        changed.add(each);
      } else if (!placed) {
        changed.add(arg);
        placed = true;
      }
    }
    if (!placed) {
      changed.add(arg);
    }
    return new KernelArgs(changed);
  }

  /** {@link #replace(String)} for each text. */
  public KernelArgs replaceAll(List<String> texts) {
    KernelArgs changed = this;
    for (String text : texts) {
      changed = changed.replace(text);
    }
    return changed;
  }

  /**
   * Removes an argument. A key alone is enough where it stands once; otherwise the value must be
   * given, and the first argument with that value goes.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID} when there is no such argument, or when
   *     the key has several values and none was given
   */
  public KernelArgs delete(String text) {
    KernelArgs changed = this;
    for (String word : split(text)) {
      changed = changed.deleteWord(word);
    }
    return changed;
  }

  private KernelArgs deleteWord(String word) {
    KernelArg arg = KernelArg.parse(word);
    List<KernelArg> sameKey = args.stream().filter(each -> each.key().equals(arg.key())).toList();
    if (sameKey.isEmpty()) {
      throw failure("No key '" + arg.key() + "' found");
    }
    if (sameKey.size() == 1) {
      if (arg.value() != null && !arg.equals(sameKey.getFirst())) {
        throw failure("No karg '" + arg + "' found");
      }
      return without(sameKey.getFirst());
    }
    if (!sameKey.contains(arg)) {
      throw failure(
          arg.value() == null
              ? "Multiple values for key '" + word + "' found"
              : "No karg '" + word + "' found");
    }
    return without(arg);
  }

  private static Failure failure(String message) {
    return new Failure(
        ErrorCode.INPUT_INVALID, message, "Name an argument of the entry as KEY or KEY=VALUE.");
  }

  /** Removes the first argument that equals this one. */
  private KernelArgs without(KernelArg arg) {
    var changed = new ArrayList<>(args);
    changed.remove(arg);
    return new KernelArgs(changed);
  }

  /** {@link #delete} when the key of {@code text} is there at all. */
  public KernelArgs deleteIfPresent(String text) {
    return contains(text) ? delete(text) : this;
  }

  /** Whether the key of {@code text} is there, with any value. */
  public boolean contains(String text) {
    String key = KernelArg.parse(text).key();
    return args.stream().anyMatch(each -> each.key().equals(key));
  }

  /** The value of the last argument with this key; empty when it is absent or has no value. */
  public Optional<String> lastValue(String key) {
    return args.reversed().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .map(KernelArg::value);
  }

  /** The arguments as words. */
  public List<String> words() {
    return args.stream().map(KernelArg::toString).toList();
  }

  /** The line. */
  @Override
  public String toString() {
    return args.stream().map(Objects::toString).collect(Collectors.joining(" "));
  }

  /** Words between blanks outside quotes; a quote that is never closed takes all the rest. */
  private static List<String> split(String text) {
    var words = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      if (end || text.charAt(i) == ' ' && !quoted) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      } else if (text.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return words;
  }
}
