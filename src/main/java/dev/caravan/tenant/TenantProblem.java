package dev.caravan.tenant;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request's tenants cannot be copied; found before anything is written.
 *
 * @param code what kind of problem it is
 * @param detail what does not go together, with the names of objects; never a row's value
 * @param hint what to do about it
 */
public record TenantProblem(ErrorCode code, String detail, String hint) {
    /**
     * Throws all of them as one error whose attribute {@code errors} lists them.
     *
     * @throws CaravanException with the code that all share, else {@code tenant-scope}
     */
    public static void throwIfAny(List<TenantProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        TenantProblem first = problems.get(0);
        boolean alike = problems.stream().allMatch(problem -> problem.code() == first.code());
        String more = problems.size() == 1 ? "" : " (" + problems.size() + " problems in all.)";
        throw CaravanException.of(alike ? first.code() : ErrorCode.TENANT_SCOPE, first.detail() + more, first.hint())
                .with("errors", problems.stream().map(TenantProblem::members).toList());
    }

    private Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", code.code());
        members.put("detail", detail);
        members.put("hint", hint);
        return members;
    }
}
