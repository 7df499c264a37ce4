"""What is made of tie points: outliers, the fitted model, its error, the verdict."""
