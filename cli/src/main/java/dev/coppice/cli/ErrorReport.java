package dev.coppice.cli;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.OutputException;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.LocalPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Turns whatever ended a command into a message on standard error and an exit code. */
final class ErrorReport {
  private final Console console;
  private final boolean debug;

  ErrorReport(Console console, Environment environment, List<String> arguments) {
    this.console = console;
    this.debug =
        environment.variable("COPPICE_DEBUG").equals("1")
            || arguments.contains("-v")
            || arguments.contains("--verbose");
  }

  /** Reports the failure; a failure of reporting is an exit code as well. */
  int report(Throwable failure) {
    try {
      return tell(unwrapped(failure));
    } catch (OutputException e) {
      return e.isBrokenPipe() ? ExitCodes.BROKEN_PIPE : ExitCodes.FAILED;
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  private int tell(Throwable failure) throws OutputException {
    if (failure instanceof OutputException e && e.isBrokenPipe()) {
      return ExitCodes.BROKEN_PIPE;
    }
    if (failure instanceof InterruptedException) {
      return ExitCodes.INTERRUPTED;
    }
    if (debug && !(failure instanceof UsageException)) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      console.err().print(trace.toString());
    }
    return switch (failure) {
      case UsageException e -> failed(e.getMessage());
      case TreeException e -> {
        console.error(e.getMessage());
        hint(e);
        yield ExitCodes.FAILED;
      }
      case OutputException e -> failed("Writing output: " + e.getMessage());
      case IOException e -> failed(text(e));
      // The JDK keeps paths as text; names that are not UTF-8 work inside trees only.
      case InvalidPathException e -> tell(LocalPath.refused(e));
      case OutOfMemoryError e -> failed("Out of memory (" + e.getMessage() + ")");
      default -> defect(failure);
    };
  }

  private int failed(String message) throws OutputException {
    console.error(message);
    return ExitCodes.FAILED;
  }

  private void hint(TreeException e) throws OutputException {
    String next = e.nextStep().isEmpty() ? "" : ": " + e.nextStep();
    console.err().println("  [" + e.code().id() + "]" + next);
    console.err().flush();
  }

  private int defect(Throwable failure) throws OutputException {
    console.error("Defect in Coppice: " + failure);
    if (!debug) {
      console.err().println("  [defect]: run again with COPPICE_DEBUG=1 and report the output");
      console.err().flush();
    }
    return ExitCodes.DEFECT;
  }

  /** The JDK's exceptions name only the path and leave the reason to the class. */
  private static String text(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException x -> "No such file or directory";
          case AccessDeniedException x -> "Permission denied";
          case FileAlreadyExistsException x -> "File exists";
          case DirectoryNotEmptyException x -> "Directory not empty";
          case NotDirectoryException x -> "Not a directory";
          case FileSystemLoopException x -> "Too many levels of symbolic links";
          default -> "";
        };
    if (e instanceof FileSystemException f && !reason.isEmpty() && f.getReason() == null) {
      return f.getFile() + ": " + reason;
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
