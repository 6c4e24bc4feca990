# Spark: lines through the filter form. NOT RUN: Spark is not at hand; a test keeps to the contract it relies on (lines
# split anywhere, a process for each partition). ocpi2osm must be on the PATH of every executor; SPARK_INPUT and
# SPARK_OUTPUT are what Spark can read and write.
import os
from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("ocpi2osm").getOrCreate()
lines = spark.sparkContext.textFile(os.environ["SPARK_INPUT"])
stations = lines.pipe("ocpi2osm convert --filter --source ocpi --quiet -", checkCode=True)
stations.saveAsTextFile(os.environ["SPARK_OUTPUT"])
