/** Tests of the terminal's commands, against a small HTTP server that speaks the contract. */
package dev.caravan.client;
