package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

final class ReportTableTest {
    @Test
    void everyLineHasAValuePerColumn() {
        List<List<Object>> lines = ReportTable.withHeader(JobRecords.report("0193"));
        assertEquals(3, lines.size());
        for (List<Object> line : lines) {
            assertEquals(ReportTable.header().size(), line.size());
        }
    }

    @Test
    void theLinesAreCsvWithNoFurtherSettings() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:csv").marshal().csv();
                }
            });
            camel.start();
            String csv = camel.createProducerTemplate()
                    .requestBody("direct:csv", ReportTable.withHeader(JobRecords.report("0193")), String.class);
            assertEquals(
                    List.of(
                            "table,state,format,parts,rowsCopied,bytesCopied,bytesTotalEstimated,indexes,indexesDone,"
                                    + "copyMillis,indexMillis",
                            "public.customer,DONE,text,2,1204,96320,131072,3,3,412,388",
                            "\"\"\"Odd Schema\"\".\"\"a.\"\"\"\"b\"\"\",DONE,text,2,1204,96320,131072,3,3,412,388"),
                    csv.lines().toList());
        }
    }
}
