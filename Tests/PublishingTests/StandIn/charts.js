globalThis.vegaEmbed = () => Promise.resolve();
