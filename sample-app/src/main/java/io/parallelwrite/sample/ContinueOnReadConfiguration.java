package io.parallelwrite.sample;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has Tomcat answer {@code Expect: 100-continue} when the body is first read, not before the archive has seen the
 * request, so that an upload that is refused for its path or headers is refused before its bytes are sent.
 */
@Configuration(proxyBeanMethods = false)
class ContinueOnReadConfiguration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> continueOnRead() {
        TomcatProtocolHandlerCustomizer<AbstractHttp11Protocol<?>> onRead =
                protocol -> protocol.setContinueResponseTiming("onRead");
        return factory -> factory.addProtocolHandlerCustomizers(onRead);
    }
}
