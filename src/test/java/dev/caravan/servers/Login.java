package dev.caravan.servers;

/** A role that can log in to one test server, and its password. */
public record Login(String role, String password) {}
