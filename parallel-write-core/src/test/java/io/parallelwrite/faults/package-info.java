/**
 * The production code at the boundaries of its process: killed at each system call, hindered at each, and with the power cut
 * after each.
 */
@NullMarked
package io.parallelwrite.faults;

import org.jspecify.annotations.NullMarked;
