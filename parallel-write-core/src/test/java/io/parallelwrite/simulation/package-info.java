/**
 * The check of the checks: mistakes planted into production code, which the tests must find, and the production engine run
 * in a simulated world.
 */
@NullMarked
package io.parallelwrite.simulation;

import org.jspecify.annotations.NullMarked;
