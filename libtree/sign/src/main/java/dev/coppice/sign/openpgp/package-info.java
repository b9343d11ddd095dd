/**
 * OpenPGP: keyrings, the state of keys, and detached signatures, verified in Java by Bouncy
 * Castle's lightweight interfaces, without a security provider. Signing is left to gpg ({@link
 * GpgHome}), which knows where secret keys are.
 *
 * <p>What gpg demands is demanded here: bindings of subkeys, their back signatures, expiry dates
 * and user ids count only when the primary key signed them, and a revocation in any copy of a key
 * counts. Stricter than gpg: signatures with SHA-1 or MD5 are refused.
 */
@NullMarked
package dev.coppice.sign.openpgp;

import org.jspecify.annotations.NullMarked;
