package dev.caravan.rest;

/** Addresses of what belongs to a job. */
record Links(String self, String tables, String events, String report, String cancel) {
    static Links of(String jobId) {
        String self = Contract.BASE + "/copy-jobs/" + jobId;
        return new Links(self, self + "/tables", self + "/events", self + "/report", self + "/cancel");
    }
}
