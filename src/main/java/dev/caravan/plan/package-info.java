/**
 * What a job is going to do, decided before it does anything: order, parts, formats, work, warnings.
 *
 * <p>Enters: the catalog, the facts found on both servers, a mask policy. Leaves: a {@link dev.caravan.plan.CopyPlan} and a
 * {@link dev.caravan.plan.MaskAssignment}, plain data. Pure: no JDBC, no Camel. May import {@code schema}, {@code job} and {@code mask}.
 */
package dev.caravan.plan;
