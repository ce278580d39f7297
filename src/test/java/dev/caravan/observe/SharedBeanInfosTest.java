package dev.caravan.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class SharedBeanInfosTest {
    /** Beans by their names without the context's, and what each shows. */
    private static Map<String, String> shown(DefaultCamelContext context) throws Exception {
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        Map<String, String> shown = new TreeMap<>();
        for (ObjectName name : server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"), null)) {
            shown.put(
                    name.getKeyProperty("type") + " "
                            + name.getKeyProperty("name").replaceAll("0x[0-9a-f]+", ""),
                    told(server.getMBeanInfo(name)));
        }
        return shown;
    }

    /** Attributes and operations; Camel gives them in no order that one could rely on. */
    private static String told(MBeanInfo info) {
        return info.getDescription()
                + Arrays.stream(info.getAttributes())
                        .map(String::valueOf)
                        .sorted()
                        .toList()
                + Arrays.stream(info.getOperations())
                        .map(String::valueOf)
                        .sorted()
                        .toList()
                + Arrays.toString(info.getNotifications());
    }

    private static DefaultCamelContext started(String name, boolean shared) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().setName(name);
        context.setMessageHistory(true);
        if (shared) {
            context.getCamelContextExtension().setManagementMBeanAssembler(new SharedBeanInfos(context));
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:first")
                        .routeId("first")
                        .setBody(constant(1))
                        .id("one")
                        .setBody(constant(2))
                        .id("two");
                from("direct:second")
                        .routeId("second")
                        .filter(constant(false))
                        .id("never")
                        .setBody(constant(3))
                        .id("three");
            }
        });
        context.start();
        return context;
    }

    @Test
    void showsWhatCamelItselfWouldShowOfEachObject() throws Exception {
        Map<String, String> expected;
        try (DefaultCamelContext stock = started("shown", false)) {
            expected = shown(stock);
        }
        assertTrue(
                expected.keySet()
                        .containsAll(List.of("processors \"one\"", "processors \"never\"", "routes \"first\"")),
                expected.keySet()::toString);
        try (DefaultCamelContext shared = started("shown", true)) {
            Map<String, String> ours = shown(shared);
            ours.remove("services SharedBeanInfos");
            assertEquals(expected, ours);
        }
    }

    @Test
    void eachStepCountsForItself() throws Exception {
        try (DefaultCamelContext context = started("counted", true)) {
            context.createProducerTemplate().sendBody("direct:first", 0);
            context.createProducerTemplate().sendBody("direct:second", 0);
            context.createProducerTemplate().sendBody("direct:second", 0);
            MBeanServer server =
                    context.getManagementStrategy().getManagementAgent().getMBeanServer();
            for (Map.Entry<String, Long> step :
                    Map.of("one", 1L, "two", 1L, "never", 2L, "three", 0L).entrySet()) {
                ObjectName name = new ObjectName("org.apache.camel:context=" + context.getManagementName()
                        + ",type=processors,name=\"" + step.getKey() + "\"");
                assertEquals(step.getValue(), server.getAttribute(name, "ExchangesTotal"), step.getKey());
                assertEquals(step.getKey(), server.getAttribute(name, "ProcessorId"));
            }
        }
    }
}
