/** The API's document, readable and ready to be tried with one's own token. */
/** @type {any} */ (window).SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "none",
  validatorUrl: null,
});
